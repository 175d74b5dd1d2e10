/** The catalogue of all sets as DCAT-AP 3 in JSON-LD. Pure. */
import type { Names } from '../places/model.ts';
import { MEDIA_TYPES, type Ending, type OpenSet } from './sets.ts';

type Said = { title: Names; text: Names };
export type CatalogSet = Said & { set: OpenSet; changedAt: Date | null; bytes: Partial<Record<Ending | 'json', number>> };
export type Catalog = Said & { origin: string; publisher: Names; mail: string; region: Names; licence: Names; sets: readonly CatalogSet[] };

export const LICENCE = 'https://creativecommons.org/licenses/by/4.0/';
const CONTEXT = {
  dcat: 'http://www.w3.org/ns/dcat#', dct: 'http://purl.org/dc/terms/', foaf: 'http://xmlns.com/foaf/0.1/', vcard: 'http://www.w3.org/2006/vcard/ns#', xsd: 'http://www.w3.org/2001/XMLSchema#', skos: 'http://www.w3.org/2004/02/skos/core#', rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
};
const LANGUAGES = ['ARA', 'ENG', 'KUR'].map((code) => ({ '@id': `http://publications.europa.eu/resource/authority/language/${code}`, '@type': 'dct:LinguisticSystem' }));
const FORMATS: Record<Ending | 'json', string> = { csv: 'CSV', xlsx: 'XLSX', geojson: 'GEOJSON', json: 'JSON' };

const said = (names: Names) => (['ar', 'en', 'ku'] as const).filter((lang) => names[lang] !== '').map((lang) => ({ '@value': names[lang], '@language': lang }));
const moment = (at: Date) => ({ '@value': at.toISOString(), '@type': 'xsd:dateTime' });
const licence = (text: Names) => ({ '@id': LICENCE, '@type': 'dct:LicenseDocument', 'dct:title': said(text) });

export function catalogOf(it: Catalog): object {
  const agent = { '@id': `${it.origin}/#publisher`, '@type': 'foaf:Agent', 'foaf:name': said(it.publisher) };
  return {
    '@context': CONTEXT, '@id': `${it.origin}/data/catalog.jsonld`, '@type': 'dcat:Catalog', 'dct:title': said(it.title), 'dct:description': said(it.text), 'dct:publisher': agent, 'dct:language': LANGUAGES,
    'dct:license': licence(it.licence), 'foaf:homepage': { '@id': `${it.origin}/data`, '@type': 'foaf:Document' },
    'dct:spatial': { '@id': `${it.origin}/#place`, '@type': 'dct:Location', 'skos:prefLabel': said(it.region) },
    'dcat:dataset': it.sets.map((one) => dataset(it, one)),
  };
}

function dataset(it: Catalog, { set, title, text, changedAt, bytes }: CatalogSet): object {
  const page = `${it.origin}/data/${set.name}`;
  return {
    '@id': `${page}#set`, '@type': 'dcat:Dataset', 'dct:identifier': set.name, 'dct:title': said(title), 'dct:description': said(text), 'dct:publisher': { '@id': `${it.origin}/#publisher` }, 'dct:language': LANGUAGES.map((one) => ({ '@id': one['@id'] })),
    'dcat:landingPage': { '@id': page, '@type': 'foaf:Document' }, 'dct:spatial': { '@id': `${it.origin}/#place` }, 'dct:accrualPeriodicity': { '@id': 'http://publications.europa.eu/resource/authority/frequency/UPDATE_CONT', '@type': 'dct:Frequency' },
    ...(changedAt ? { 'dct:modified': moment(changedAt) } : {}),
    ...(it.mail ? { 'dcat:contactPoint': { '@id': `${it.origin}/#contact`, '@type': 'vcard:Kind', 'vcard:hasEmail': { '@id': `mailto:${it.mail}` } } } : {}),
    'dcat:distribution': [...set.files, 'json' as const].map((ending) => distribution(it, set.name, ending, bytes[ending])),
  };
}

function distribution(it: Catalog, name: string, ending: Ending | 'json', bytes: number | undefined): object {
  const address = `${it.origin}/api/v1/${name}${ending === 'json' ? '' : `.${ending}`}`;
  return {
    '@id': address, '@type': 'dcat:Distribution', 'dct:title': `${name}.${ending}`, 'dcat:accessURL': { '@id': address, '@type': 'rdfs:Resource' }, 'dcat:downloadURL': { '@id': address }, 'dct:license': { '@id': LICENCE },
    'dcat:mediaType': { '@id': `https://www.iana.org/assignments/media-types/${MEDIA_TYPES[ending]}`, '@type': 'dct:MediaType' },
    'dct:format': { '@id': `http://publications.europa.eu/resource/authority/file-type/${FORMATS[ending]}`, '@type': 'dct:MediaTypeOrExtent' },
    ...(bytes === undefined ? {} : { 'dcat:byteSize': { '@value': String(bytes), '@type': 'xsd:nonNegativeInteger' } }),
  };
}
