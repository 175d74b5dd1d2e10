import type { ColumnType } from 'kysely';
import type { PlaceLevel } from '../model.ts';

type Json<T> = ColumnType<T, string, string>;

export type PlacesTables = {
  places: {
    pcode: string; level: PlaceLevel; parent: string | null; path: string[]; nameAr: string; nameEn: string; nameKu: string;
    lon: number | null; lat: number | null; censusPopulation: number | null; areaKm2: number | null; searchNorm: string; active: boolean;
  };
  placeShapes: { pcode: string; geometry: Json<object> };
  sectors: { code: string; parent: string | null; nameAr: string; nameEn: string; nameKu: string; position: number };
  holidays: { day: string; code: string; nameAr: string; nameEn: string; nameKu: string; expected: boolean };
  calendarSettings: { onlyRow: boolean; weekend: number[] };
  siteSettings: { name: string; value: Json<unknown> };
};
