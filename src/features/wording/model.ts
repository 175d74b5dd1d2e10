/** The sentences of the site, which a governorate may word itself: where those stand that it words first, and how long each may grow. */
import { codePoints } from '#kernel/text-limits.ts';

export const PARTS = ['home', 'doors', 'footer', 'help', 'promises', 'privacy', 'sent', 'slip', 'sheet', 'endings', 'other'] as const;
/** The piece of a page in which sentences stand together, and with which they are shown before they are saved; `other` ones are found by their words. */
export type Part = (typeof PARTS)[number];

export const SLOTS = {
  'home.title': { part: 'home', longest: 60 },
  'home.lead': { part: 'home', longest: 240 },
  'home.soon': { part: 'home', longest: 60 },
  'home.soon.text': { part: 'home', longest: 240 },
  'home.doors': { part: 'doors', longest: 60 },
  'site.room.door.need': { part: 'doors', longest: 32 },
  'site.room.door.proposal': { part: 'doors', longest: 32 },
  'site.room.door.initiative': { part: 'doors', longest: 32 },
  'site.room.door.question': { part: 'doors', longest: 32 },
  'site.room.door.complaint': { part: 'doors', longest: 32 },
  'site.room.door.commitments': { part: 'doors', longest: 32 },
  'site.room.door.map': { part: 'doors', longest: 32 },
  'site.room.door.bodies': { part: 'doors', longest: 32 },
  'site.about': { part: 'footer', longest: 240 },
  'help.lead': { part: 'help', longest: 240 },
  'help.steps.1': { part: 'help', longest: 300 },
  'help.steps.2': { part: 'help', longest: 300 },
  'help.steps.3': { part: 'help', longest: 300 },
  'help.steps.4': { part: 'help', longest: 300 },
  'help.steps.5': { part: 'help', longest: 300 },
  'help.dates.acknowledge': { part: 'promises', longest: 900 },
  'help.dates.answer': { part: 'promises', longest: 900 },
  'help.dates.late': { part: 'promises', longest: 300 },
  'help.complaint.text': { part: 'promises', longest: 400 },
  'help.privacy.least': { part: 'privacy', longest: 300 },
  'help.privacy.contact': { part: 'privacy', longest: 300 },
  'help.privacy.cookies': { part: 'privacy', longest: 300 },
  'intake.sent.key.text': { part: 'sent', longest: 300 },
  'intake.sent.next.review': { part: 'sent', longest: 900 },
  'intake.sent.next.answer': { part: 'sent', longest: 300 },
  'intake.sent.next.confirm': { part: 'sent', longest: 300 },
  'desk.slip.key': { part: 'slip', longest: 160 },
  'desk.slip.track': { part: 'slip', longest: 120 },
  'desk.sheet.complaint': { part: 'sheet', longest: 160 },
  'desk.sheet.consent': { part: 'sheet', longest: 160 },
  'desk.sheet.next': { part: 'sheet', longest: 900 },
  'intake.entry.withdrawn': { part: 'endings', longest: 300 },
  'intake.confirm.thanks': { part: 'endings', longest: 300 },
} as const satisfies Record<string, Slot>;
type Slot = { part: Part; longest: number };
/** Those that have their place in a part of their own. */
export type SlotKey = keyof typeof SLOTS;
export const SLOT_KEYS = Object.keys(SLOTS) as SlotKey[];
export const LONGEST = 1_900;
const SHORTEST_LIMIT = 120;

/** Where a sentence stands, and how long it may be: one without a place may grow to twice what it is. */
export const slotOf = (key: string, original: string): Slot =>
  (SLOTS as Partial<Record<string, Slot>>)[key] ?? { part: 'other', longest: Math.min(LONGEST, Math.max(SHORTEST_LIMIT, 2 * codePoints(original))) };

/** What stands at one place in one language: version 0 is what the program brings, and so is one without a text. */
export type Wording = { version: number; text: string | null };
