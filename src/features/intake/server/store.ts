import { sql, type Selectable } from 'kysely';
import type { BodyId, EntryId, PlaceCode, SectorCode } from '#kernel/ids.ts';
import { refuse } from '#kernel/refusal.ts';
import { addWorkingDays, dueDate, localDate, type Calendar, type Clock, type PlainDate } from '#kernel/working-days.ts';
import { prepared } from '#platform/db/prepared.ts';
import { workingCalendar } from '../../places/server/index.ts';
import type { Asks, Ctx } from '../../context.ts';
import type { Entry, EntryState, Outcome } from '../model.ts';
import type { IntakeTables } from './tables.ts';

// Not the text and not its words for searching: an entry as what may be done with it knows neither.
const COLUMNS = ['id', 'number', 'kind', 'confidential', 'publishedAt', 'submittedAt', 'acknowledgedAt', 'clockStarted', 'extensionDays', 'extensionReason', 'place', 'sectors', 'bodyId', 'state', 'resumeState', 'outcome', 'answeredAt', 'joinedTo'] as const;

type Row = Pick<Selectable<IntakeTables['entries']>, (typeof COLUMNS)[number]>;
type Pauses = { fromDay: string; toDay: string | null }[];

/** Loads an entry and holds it until the transaction ends; unknown ids are refused. */
export async function lockEntry(ctx: Ctx, id: string): Promise<Entry> {
  const row = await ctx.db.selectFrom('entries').select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) return refuse({ because: 'not-found', what: 'entry' });
  return toEntry(ctx, row, await pausesOf(ctx, id));
}

/** The same for reading. */
export async function loadEntry(ctx: Ctx, id: string): Promise<Entry> {
  const row = await ctx.db.selectFrom('entries').select(COLUMNS).where('id', '=', id).executeTakeFirst();
  if (!row) return refuse({ because: 'not-found', what: 'entry' });
  return toEntry(ctx, row, await pausesOf(ctx, id));
}

/** The same by public number. */
export async function loadEntryByNumber(ctx: Ctx, number: string): Promise<Entry> {
  const [row] = await entryByNumber(ctx, { number });
  return row ? toEntry(ctx, row, row.pauses) : refuse({ because: 'not-found', what: 'entry' });
}

const entryByNumber = prepared((ctx: Asks, open: { number: string }) => ctx.db.selectFrom('entries').select(COLUMNS)
  .select(sql<Pauses>`coalesce((select json_agg(json_build_object('fromDay', p.from_day, 'toDay', p.to_day) order by p.opened_at) from entry_pauses p where p.entry_id = entries.id), '[]')`.as('pauses'))
  .where('number', '=', open.number));

const pausesOf = (ctx: Ctx, id: string) => ctx.db.selectFrom('entryPauses').select(['fromDay', 'toDay']).where('entryId', '=', id).orderBy('openedAt').execute();

/** The same by public number, for use cases that start from an address. */
export async function lockEntryByNumber(ctx: Ctx, number: string): Promise<Entry> {
  const row = await ctx.db.selectFrom('entries').select('id').where('number', '=', number).executeTakeFirst();
  return row ? lockEntry(ctx, row.id) : refuse({ because: 'not-found', what: 'entry' });
}

function toEntry(ctx: Ctx, row: Row, pauses: Pauses): Entry {
  const clock: Clock = {
    started: row.clockStarted as PlainDate, days: ctx.profile.clocks.answer, extension: row.extensionDays,
    pauses: pauses.map((pause) => ({ from: pause.fromDay as PlainDate, to: pause.toDay as PlainDate | null })),
  };
  return {
    id: row.id as EntryId, number: row.number, kind: row.kind, confidential: row.confidential, publishedAt: row.publishedAt,
    submittedAt: row.submittedAt, acknowledgedAt: row.acknowledgedAt, clock, extensionReason: row.extensionReason,
    place: row.place as PlaceCode | null, sectors: row.sectors as SectorCode[], ...stateOf(row),
  };
}

function stateOf(row: Row): EntryState {
  const body = row.bodyId as BodyId | null;
  switch (row.state) {
    case 'received': case 'open': return { state: row.state, body: null };
    case 'assigned': case 'study': return { state: row.state, body: must(body) };
    case 'returned': return { state: 'returned', resume: must(row.resumeState), body };
    case 'answered': case 'closed': return { state: row.state, body: must(body), outcome: must(row.outcome), answeredAt: must(row.answeredAt) };
    case 'delivery': case 'delivered': case 'confirmed': case 'unconfirmed': case 'disputed':
      return { state: row.state, body: must(body), outcome: promising(must(row.outcome)), answeredAt: must(row.answeredAt) };
    case 'joined': return { state: 'joined', into: must(row.joinedTo) as EntryId, body };
    case 'withdrawn': case 'elsewhere': return { state: row.state, body };
  }
}

function must<T>(value: T | null): T {
  if (value === null) throw new Error('an entry is stored in an impossible state');
  return value;
}

function promising(outcome: Outcome): 'accepted' | 'partly' | 'planned' {
  if (outcome === 'declined' || outcome === 'referred') throw new Error('an entry without promises is stored as being delivered');
  return outcome;
}

/** Writes the state, the clock and the due date that follows from the calendar in force. */
export async function saveEntry(ctx: Ctx, entry: Entry): Promise<void> {
  const calendar = await workingCalendar(ctx);
  await ctx.db.updateTable('entries').set({
    state: entry.state, confidential: entry.confidential, publishedAt: entry.publishedAt, acknowledgedAt: entry.acknowledgedAt,
    bodyId: entry.body, outcome: 'outcome' in entry ? entry.outcome : null, answeredAt: 'answeredAt' in entry ? entry.answeredAt : null,
    joinedTo: entry.state === 'joined' ? entry.into : null, resumeState: entry.state === 'returned' ? entry.resume : null,
    place: entry.place, sectors: [...entry.sectors], clockStarted: entry.clock.started, extensionDays: entry.clock.extension,
    extensionReason: entry.extensionReason, answerDue: dueDate(calendar, entry.clock), changedAt: ctx.now,
  }).where('id', '=', entry.id).execute();
  await savePauses(ctx, entry);
}

async function savePauses(ctx: Ctx, entry: Entry): Promise<void> {
  await ctx.db.deleteFrom('entryPauses').where('entryId', '=', entry.id).execute();
  if (entry.clock.pauses.length === 0) return;
  const rows = entry.clock.pauses.map((pause, at) => ({ entryId: entry.id, fromDay: pause.from, toDay: pause.to, openedAt: new Date(entry.submittedAt.getTime() + at) }));
  await ctx.db.insertInto('entryPauses').values(rows).execute();
}

/** Today as the governorate's calendar sees it. */
export const today = (ctx: Ctx): PlainDate => localDate(ctx.now, ctx.profile.zone);

/** The clock of an entry received on a day, and its two due dates. */
export function firstDeadlines(ctx: Ctx, calendar: Calendar, received = today(ctx)): { clock: Clock; acknowledgeDue: PlainDate; answerDue: PlainDate | null } {
  const clock: Clock = { started: received, days: ctx.profile.clocks.answer, pauses: [], extension: 0 };
  return { clock, acknowledgeDue: addWorkingDays(calendar, clock.started, ctx.profile.clocks.acknowledge), answerDue: dueDate(calendar, clock) };
}

export async function insertMessage(ctx: Ctx, message: { id: string; entryId: string; kind: 'question' | 'reply' | 'addition'; text: string }): Promise<void> {
  const byPerson = message.kind === 'question' && ctx.actor.kind === 'person' ? ctx.actor.id : null;
  await ctx.db.insertInto('entryMessages').values({ ...message, at: ctx.now, byPerson }).execute();
}

/** What a withdrawn entry said, who sent it and where exactly it was: gone. */
export async function eraseTexts(ctx: Ctx, entryId: string): Promise<void> {
  await ctx.db.updateTable('entries').set({ title: '', text: '', placeWords: '', served: '', servedCount: null, extensionReason: null, searchNorm: '', searchVector: '' }).where('id', '=', entryId).execute();
  await ctx.db.deleteFrom('entryMessages').where('entryId', '=', entryId).execute();
  await ctx.db.deleteFrom('entryPoints').where('entryId', '=', entryId).execute();
  await ctx.db.updateTable('entrySubmitters').set({ name: '', contact: null, contactKind: null }).where('entryId', '=', entryId).execute();
}
