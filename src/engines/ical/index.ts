/** Calendars as RFC 5545 has them: whole-day events, lines folded at 75 octets without splitting a character. */

/** `day` YYYY-MM-DD; `stamp` when the event was last written; `sequence` grows with every move of its date. */
export type DayEvent = { uid: string; day: string; summary: string; description?: string; url?: string; stamp: Date; sequence: number; cancelled?: boolean };
export type Calendar = { name: string; product: string; url: string; language: string; events: readonly DayEvent[] };

const LINE = 75;

export function writeCalendar({ name, product, url, language, events }: Calendar): string {
  const lines = [
    'BEGIN:VCALENDAR', 'VERSION:2.0', `PRODID:${escaped(product)}`, 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', `NAME;LANGUAGE=${language}:${escaped(name)}`, `X-WR-CALNAME:${escaped(name)}`, `SOURCE;VALUE=URI:${oneLine(url)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT12H', ...events.flatMap((it) => eventLines(it, language)), 'END:VCALENDAR',
  ];
  return lines.map(folded).join('\r\n') + '\r\n';
}

function eventLines(it: DayEvent, language: string): string[] {
  return [
    'BEGIN:VEVENT', `UID:${escaped(it.uid)}`, `DTSTAMP:${moment(it.stamp)}`, `LAST-MODIFIED:${moment(it.stamp)}`, `DTSTART;VALUE=DATE:${it.day.replaceAll('-', '')}`, `DTEND;VALUE=DATE:${nextDay(it.day)}`, `SEQUENCE:${it.sequence}`,
    `STATUS:${it.cancelled ? 'CANCELLED' : 'CONFIRMED'}`, `SUMMARY;LANGUAGE=${language}:${escaped(it.summary)}`, ...(it.description ? [`DESCRIPTION;LANGUAGE=${language}:${escaped(it.description)}`] : []), ...(it.url ? [`URL:${oneLine(it.url)}`] : []),
    // A due date takes nobody's time.
    'TRANSP:TRANSPARENT', 'END:VEVENT',
  ];
}

const moment = (at: Date): string => at.toISOString().replace(/[-:]|\.\d+/g, '');
const nextDay = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f]/g, '');
const escaped = (text: string): string => text.replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, '').replace(/[\\;,]/g, (letter) => `\\${letter}`).replaceAll('\n', '\\n');

function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let bytes = 0;
  for (const letter of line) {
    const size = new TextEncoder().encode(letter).length;
    if (bytes + size > LINE) {
      parts.push(part);
      part = ' ';
      bytes = 1;
    }
    part += letter;
    bytes += size;
  }
  return [...parts, part].join('\r\n');
}
