/** The sets of open data: what each is called, and as which files it is given out. Lists as JSON are read page by page. */
import { ACTIVITY_COLUMNS, BODY_COLUMNS, COMMITMENT_COLUMNS, ENTRY_COLUMNS, ORGANISATION_COLUMNS, PLACE_COLUMNS, SECTOR_COLUMNS } from './columns.ts';
import type { SetName } from './input.ts';

export const ENDINGS = ['csv', 'xlsx', 'geojson'] as const;
export type Ending = (typeof ENDINGS)[number];
export type OpenSet = { name: SetName; files: readonly Ending[]; columns: readonly { key: string; tag?: string; says?: string }[]; /** what in the record tells that it has changed */ subjects: readonly ('entry' | 'answer' | 'commitment' | 'body' | 'place' | 'organisation')[]; feeds: readonly string[] };

export const SETS: readonly OpenSet[] = [
  { name: 'entries', files: ['csv', 'xlsx', 'geojson'], columns: ENTRY_COLUMNS, subjects: ['entry', 'answer'], feeds: ['entries.atom', 'answers.atom', 'entries.ics'] },
  { name: 'commitments', files: ['csv', 'xlsx', 'geojson'], columns: COMMITMENT_COLUMNS, subjects: ['commitment'], feeds: ['commitments.atom', 'commitments.ics'] },
  { name: 'organisations', files: ['csv', 'xlsx'], columns: ORGANISATION_COLUMNS, subjects: ['organisation'], feeds: [] },
  { name: 'activities', files: ['csv', 'xlsx', 'geojson'], columns: ACTIVITY_COLUMNS, subjects: ['organisation'], feeds: [] },
  { name: 'bodies', files: ['csv', 'xlsx'], columns: BODY_COLUMNS, subjects: ['body'], feeds: [] },
  { name: 'places', files: ['csv', 'xlsx', 'geojson'], columns: PLACE_COLUMNS, subjects: ['place'], feeds: [] },
  { name: 'sectors', files: ['csv', 'xlsx'], columns: SECTOR_COLUMNS, subjects: [], feeds: [] },
];

export const setOf = (name: string): OpenSet | null => SETS.find((it) => it.name === name) ?? null;

export const MEDIA_TYPES: Record<Ending | 'json' | 'atom' | 'ics', string> = {
  csv: 'text/csv', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', geojson: 'application/geo+json', json: 'application/json', atom: 'application/atom+xml', ics: 'text/calendar',
};
