/** Calendars for programs. */
export { writeCalendar } from '#engines/ical/index.ts';
