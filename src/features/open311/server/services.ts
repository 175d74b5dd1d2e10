import { refuse } from '#kernel/refusal.ts';
import { words, type Words } from '#platform/i18n/words.ts';
import type { Lang } from '#platform/i18n/languages.ts';
import { allSectors } from '../../places/server/index.ts';
import type { Sector } from '../../places/model.ts';
import type { Ctx } from '../../context.ts';
import { ATTRIBUTES, readServiceCode, SERVICE_KINDS, serviceCode, type AttributeCode, type ServiceKind, type Topic } from '../model.ts';
import type { Service, ServiceAttribute, ServiceDefinition } from '../views.ts';

/** Numbers and dates for programs are in Latin digits, whatever the reader's choice on pages. */
export const wordsFor = (ctx: Ctx, lang: Lang): Words => words(lang, 'latn', ctx.profile.zone);

/** Every kind of entry but complaints, in every sector; and each kind alone, for what fits no sector. */
export async function listServices(ctx: Ctx, { lang }: { lang: Lang }): Promise<Service[]> {
  const w = wordsFor(ctx, lang);
  const sectors = await allSectors(ctx);
  const mains = sectors.filter((it) => it.parent === null);
  return SERVICE_KINDS.flatMap((kind) => [...mains, null].map((main) => serviceOf(w, kind, main, sectors.filter((it) => main !== null && it.parent === main.code))));
}

function serviceOf(w: Words, kind: ServiceKind, main: Sector | null, parts: readonly Sector[]): Service {
  return {
    service_code: serviceCode({ kind, sector: main?.code ?? null }), service_name: nameOf(w, kind, main), description: w.tc('open311.service', kind), metadata: true, type: 'realtime',
    keywords: [w.tc('intake.kind', kind), ...parts.map((it) => w.name(it.names))].join(','), group: w.tc('intake.kind', kind),
  };
}

export const nameOf = (w: Words, kind: ServiceKind, main: Sector | null): string =>
  (main ? w.t('open311.name', { kind: w.tc('intake.kind', kind), sector: w.name(main.names) }) : w.t('open311.name.other', { kind: w.tc('intake.kind', kind) }));

/** What may be said beside the words of a request for this service. Refused as not found when there is no such service. */
export async function serviceDefinition(ctx: Ctx, { code, lang }: { code: string; lang: Lang }): Promise<ServiceDefinition> {
  const w = wordsFor(ctx, lang);
  const sectors = await allSectors(ctx);
  const topic = knownTopic(readServiceCode(code), sectors) ?? refuse({ because: 'not-found', what: 'service_code' });
  const parts = sectors.filter((it) => topic.sector !== null && it.parent === topic.sector).map((it) => ({ key: it.code as string, name: w.name(it.names) }));
  const yes = [{ key: 'yes', name: w.t('open311.yes') }, { key: 'no', name: w.t('open311.no') }];
  const kinds: Record<AttributeCode, Pick<ServiceAttribute, 'datatype' | 'values'> | null> = {
    TITLE: { datatype: 'string' }, PART: parts.length > 0 ? { datatype: 'singlevaluelist', values: parts } : null, SERVED: { datatype: 'text' }, SERVED_COUNT: { datatype: 'number' }, SHOW_POINT: { datatype: 'singlevaluelist', values: yes },
  };
  const asked = ATTRIBUTES.flatMap((it) => (kinds[it] ? [{ code: it, ...kinds[it] }] : []));
  return {
    service_code: code,
    attributes: asked.map((it, at) => ({ variable: true, ...it, required: false, datatype_description: w.tc('open311.attribute', `${it.code}.how`), order: at + 1, description: w.tc('open311.attribute', it.code) })),
  };
}

/** A topic in a sector that there is; null otherwise. */
export function knownTopic(topic: Topic | null, sectors: readonly Sector[]): Topic | null {
  return topic && (topic.sector === null || sectors.some((it) => it.code === topic.sector && it.parent === null)) ? topic : null;
}

/** The sectors and parts that a topic stands for: none for a kind alone. */
export const familyOf = (sector: string | null, sectors: readonly Sector[]): string[] =>
  (sector === null ? [] : sectors.filter((it) => it.code === sector || it.parent === sector).map((it) => it.code));
