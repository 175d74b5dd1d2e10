import fc from 'fast-check';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { writeCalendar } from './index.ts';

const kept = (text: string): string => text.toWellFormed().replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, '');
const frame = { product: '-//Abwab//Abwab//AR', url: 'https://abwab.example/feeds/commitments.ics', language: 'ar' };

test('another program reads the words, the days and the moves that were written', () => {
  const texts = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 });
  fc.assert(fc.property(texts, texts, fc.nat(9), fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-30'), noInvalidDate: true }), (summary, description, sequence, at) => {
    const day = at.toISOString().slice(0, 10);
    const text = writeCalendar({ name: summary, ...frame, events: [{ uid: 'HLB-1@abwab.example', day, summary, description, stamp: at, sequence }] });
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text).not.toMatch(/[^\r]\n|\r[^\n]/);
    const event = new ICAL.Event(new ICAL.Component(ICAL.parse(text) as never).getFirstSubcomponent('vevent')!);
    expect([event.summary, event.description, event.sequence, event.startDate.toString(), event.startDate.isDate]).toEqual([kept(summary), kept(description), sequence, day, true]);
  }), { numRuns: 200 });
});

test('an event that was called off stays, and says so', () => {
  expect(writeCalendar({ name: 'x', ...frame, events: [{ uid: 'a', day: '2026-12-31', summary: 's', stamp: new Date('2026-11-25T10:00:00Z'), sequence: 1, cancelled: true }] }))
    .toMatch(/DTSTAMP:20261125T100000Z\r\n.*DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\nSEQUENCE:1\r\nSTATUS:CANCELLED/s);
});
