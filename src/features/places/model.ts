/** Where: governorate, district, sub-district, neighbourhood or community; and the working calendar of the governorate. */
import type { PlaceCode, SectorCode } from '#kernel/ids.ts';
import type { PlainDate } from '#kernel/working-days.ts';

export const PLACE_LEVELS = ['governorate', 'district', 'subdistrict', 'neighbourhood', 'community'] as const;
export type PlaceLevel = (typeof PLACE_LEVELS)[number];
export type Names = { ar: string; en: string; ku: string };

export type Place = { pcode: PlaceCode; level: PlaceLevel; parent: PlaceCode | null; path: readonly PlaceCode[]; names: Names };
export type Sector = { code: SectorCode; parent: SectorCode | null; names: Names };
/** `expected`: hangs on the moon, and nobody has confirmed the day yet. */
export type Holiday = { day: PlainDate; code: string; names: Names; expected: boolean };
