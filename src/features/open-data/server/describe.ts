/** The description of the API, OpenAPI 3.1, made from the schemas that parse its questions and shape its answers. */
import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { ActivitiesSchema, BodiesSchema, BodySchema as BodyQuerySchema, CommentsSchema, CommitmentsSchema, EntriesSchema, NothingSchema, OrganisationsSchema, PlacesSchema, TABLE_SCHEMAS } from '../input.ts';
import { ActivitySchema, BodyLineSchema, BodySchema, CommentSchema, CommitmentLineSchema, CommitmentSchema, EntryLineSchema, EntrySchema, FeaturesSchema, OrganisationLineSchema, OrganisationSchema, pageOf, PlaceSchema, ProblemSchema, SectorSchema } from '../views.ts';
import { MEDIA_TYPES, SETS, type Ending } from '../sets.ts';

type QuerySchema = v.GenericSchema & { entries: Record<string, v.GenericSchema> };
type Address = { path: string; summary: string; query: QuerySchema; gives: { type: string; schema: v.GenericSchema | null }; key?: 'number' | 'code' };

const JSON_TYPE = 'application/json';

const FILES: Record<Ending, string> = { csv: 'as a table (CSV, UTF-8)', xlsx: 'as a spreadsheet, up to 100,000 rows', geojson: 'as a map (GeoJSON): what has a place, told by the middle of the place' };
/** Every set whole, as each file that it is given out as. */
const TABLES: readonly Address[] = SETS.flatMap((set) => set.files.map((ending) => (
  { path: `/${set.name}.${ending}`, summary: `The whole list of ${set.name} ${FILES[ending]}.`, query: TABLE_SCHEMAS[set.name], gives: { type: MEDIA_TYPES[ending], schema: ending === 'geojson' ? FeaturesSchema : null } }
)));

/** Every address of the API; a test walks the routes and holds them against this list. */
export const ADDRESSES: readonly Address[] = [
  ...TABLES,
  { path: '/entries', summary: 'Public entries: needs, proposals, offers of initiatives, questions. Complaints are in no list.', query: EntriesSchema, gives: { type: JSON_TYPE, schema: pageOf(EntryLineSchema) } },
  { path: '/entries/{number}', summary: 'One public entry with its answers, commitments and history.', query: NothingSchema, gives: { type: JSON_TYPE, schema: EntrySchema }, key: 'number' },
  { path: '/entries/{number}/comments', summary: 'What is said about a public entry, in the order in which it came.', query: CommentsSchema, gives: { type: JSON_TYPE, schema: pageOf(CommentSchema) }, key: 'number' },
  { path: '/commitments', summary: 'Public commitments; late and open ones by their date, the others latest first.', query: CommitmentsSchema, gives: { type: JSON_TYPE, schema: pageOf(CommitmentLineSchema) } },
  { path: '/commitments/{number}', summary: 'One public commitment: its dates with their reasons, what was reported, what residents said.', query: NothingSchema, gives: { type: JSON_TYPE, schema: CommitmentSchema }, key: 'number' },
  { path: '/commitments/{number}/comments', summary: 'What is said about a public commitment, in the order in which it came.', query: CommentsSchema, gives: { type: JSON_TYPE, schema: pageOf(CommentSchema) }, key: 'number' },
  { path: '/bodies', summary: 'Bodies that answer and promise.', query: BodiesSchema, gives: { type: JSON_TYPE, schema: pageOf(BodyLineSchema) } },
  { path: '/bodies/{code}', summary: 'One body with its track record, computed when asked.', query: BodyQuerySchema, gives: { type: JSON_TYPE, schema: BodySchema }, key: 'code' },
  { path: '/organisations', summary: 'Organisations of the community, by name.', query: OrganisationsSchema, gives: { type: JSON_TYPE, schema: pageOf(OrganisationLineSchema) } },
  { path: '/activities', summary: 'Who does what where: the activities of public organisations.', query: ActivitiesSchema, gives: { type: JSON_TYPE, schema: pageOf(ActivitySchema) } },
  { path: '/organisations/{number}', summary: 'One organisation: what it does where, and what became of the commitments in which it has a part.', query: NothingSchema, gives: { type: JSON_TYPE, schema: OrganisationSchema }, key: 'number' },
  { path: '/places', summary: 'Places of the governorate, by code.', query: PlacesSchema, gives: { type: JSON_TYPE, schema: pageOf(PlaceSchema) } },
  { path: '/sectors', summary: 'Sectors and their parts, in their order.', query: NothingSchema, gives: { type: JSON_TYPE, schema: pageOf(SectorSchema) } },
];

const schemaOf = (schema: v.GenericSchema, typeMode: 'input' | 'output') => {
  const { $schema: _schema, ...rest } = toJsonSchema(schema, { target: 'draft-2020-12', typeMode, errorMode: 'ignore' });
  return rest;
};

function parameters(address: Address): object[] {
  const asked = Object.entries(address.query.entries).map(([name, schema]) => {
    const { default: _, ...rest } = schemaOf(schema, 'input') as { default?: unknown };
    return { name, in: 'query', required: false, schema: withoutNull(rest) };
  });
  if (!address.key) return asked;
  const description = address.key === 'number' ? 'in any digits, with or without dashes' : 'as in the list';
  return [{ name: address.key, in: 'path', required: true, schema: { type: 'string', minLength: 1, maxLength: 60 }, description }, ...asked];
}

/** A parameter is left out, not sent as null. */
function withoutNull(schema: object): object {
  const { anyOf, ...rest } = schema as { anyOf?: { type?: string }[] };
  const real = anyOf?.filter((it) => it.type !== 'null');
  return real?.length === 1 ? { ...rest, ...real[0] } : schema;
}

const failure = (description: string) => ({ description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } });

/** The whole description; `origin` is the address of this installation. */
export async function describeApi(_: unknown, { origin, version }: { origin: string; version: string }): Promise<object> {
  const paths = ADDRESSES.map((address) => [`/api/v1${address.path}`, {
    get: {
      summary: address.summary, operationId: address.path.replace(/[^a-z]+/g, '-').replace(/^-|-$/g, ''), parameters: parameters(address),
      responses: {
        200: { description: 'found', headers: { ETag: { schema: { type: 'string' } } }, content: { [address.gives.type]: address.gives.schema ? { schema: schemaOf(address.gives.schema, 'output') } : {} } },
        304: { description: 'not changed since the ETag of If-None-Match' },
        400: failure('a parameter is not understood; `errors` names each'),
        ...(address.key ? { 404: failure(`there is nothing public of this ${address.key}`) } : {}),
      },
    },
  }]);
  return {
    openapi: '3.1.0',
    info: { title: 'Abwab', version, description: 'What is public, for programs. No key, no sign-in; open to every origin.', license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' } },
    servers: [{ url: origin }],
    paths: Object.fromEntries(paths),
    components: { schemas: { Problem: schemaOf(ProblemSchema, 'output') } },
  };
}
