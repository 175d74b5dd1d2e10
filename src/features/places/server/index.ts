/** The door of places. */
export { loadPlaces } from './load-profile.ts';
export { allSectors, placeNames, workingCalendar } from './queries.ts';
export { named, placesByName, searchPlaces, type FoundPlace } from './search-queries.ts';
export { keptSite, siteSettings } from './site-queries.ts';
export { childrenOf, placeByCode, placesOfLevel, placesWithNeighbourhoods, withAreas, type PlaceLine, type PlacePage } from './place-queries.ts';
export { drawMap, type DrawnMap, type DrawnPlace } from './draw-map.ts';
export { addHoliday, announceFeast, removeHoliday, setWeekend, type HolidayKey } from './keep-calendar.ts';
export { renamePlace, setPlaceActive } from './keep-places.ts';
export { keepSite } from './keep-site.ts';
export { lastBackup, noteBackup, type LastBackup } from './note-backup.ts';
export { calendarPage, calendarReach, feastOf, inactivePlaces, keptPlace, type Feast, type KeptPlace } from './keep-queries.ts';
export { countPlaces, pageOfPlaces, type PlaceRow } from './all-places-queries.ts';
export { fingerprint, needSeen } from './fingerprint.ts';
export { importPlaces, type ImportedPlaces } from './import-places.ts';
export { geometriesOf, middlesOf, placeAt, type Geometry, type Point } from './point-queries.ts';
