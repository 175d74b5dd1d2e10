import { expect, test } from 'vitest';
import { VISITOR, world, type TestPerson } from '#testing/world.ts';
import type { Who } from '#platform/doors.ts';
import { historyOf } from '../../record/server/index.ts';
import { BODY_KINDS } from '../model.ts';
import { addBody, changeBody, keptBodies, keptBody, listBodies, periodNow, searchBodies, setBodyActive, showBody } from './index.ts';

const given = await world();
const administrator = await given.person([{ role: 'administrator' }]);
const registry = await given.person([{ role: 'registry' }]);
const [first] = await given.sql<{ id: string }>('select id from bodies order by code limit 1');
const refused = (because: string) => ({ refusal: { because } });
const ALL = { q: '', kind: null, sector: '' };
let count = 0;

const form = (more: object = {}) => ({ kind: 'directorate' as const, names: { ar: 'مديرية المياه في الواحة', en: 'Water Directorate', ku: '' }, sectors: ['SRV'], phone: '', ...more });
const add = (more: object = {}, by: TestPerson = administrator) => given.as(by).act(addBody, { ...form(more), code: `water-${++count}` });
const acts = (id: string) => given.ask(historyOf, { subjects: [id], publicOnly: true });

/** Everybody who keeps no bodies. */
const strangers: (Who | TestPerson)[] = [
  VISITOR, await given.person(), await given.person([{ role: 'coordinator' }]), await given.person([{ role: 'officer', body: first!.id as never }]), await given.person([{ role: 'head', body: first!.id as never }]),
  await given.person([{ role: 'clerk' }]), await given.person([{ role: 'administrator' }], { assurance: 'one' }),
];

test('a new body is found by everybody, and its beginning stands in the public record', async () => {
  const id = await add({}, registry);
  expect(await given.ask(showBody, `water-${count}`)).toMatchObject({ code: `water-${count}`, kind: 'directorate', sectors: [{ code: 'SRV' }], active: true });
  expect(await acts(id)).toMatchObject([{ kind: 'body.added', role: 'registry', detail: { code: `water-${count}`, sectors: ['SRV'] }, content: { name: 'مديرية المياه في الواحة' } }]);
});

test('nobody else adds, changes or stops a body, or reads the keepers’ list', async () => {
  const id = await add();
  for (const who of strangers) {
    const as = given.as(who);
    await expect(as.act(addBody, { ...form(), code: 'mine' })).rejects.toMatchObject(refused('not-allowed'));
    await expect(as.act(changeBody, { ...form({ phone: '021' }), id, seen: '' })).rejects.toMatchObject(refused('not-allowed'));
    await expect(as.act(setBodyActive, { id, active: false })).rejects.toMatchObject(refused('not-allowed'));
    await expect(as.ask(keptBodies, undefined)).rejects.toMatchObject(refused('not-allowed'));
    await expect(as.ask(keptBody, id)).rejects.toMatchObject(refused('not-allowed'));
  }
  expect(await acts(id)).toHaveLength(1);
});

test('of eight who add the same code at once, one does', async () => {
  const tries = await Promise.allSettled(Array.from({ length: 8 }, (_, at) => given.as(at % 2 ? administrator : registry).act(addBody, { ...form(), code: 'taken-once' })));
  expect(tries.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
  for (const it of tries) if (it.status === 'rejected') expect(it.reason).toMatchObject({ refusal: { because: 'invalid', fields: { code: 'taken' } } });
});

test('of two who change a body at once, one does; the other reads what was saved, and may then save over it', async () => {
  const id = await add();
  const seen = async () => (await given.as(registry).ask(keptBody, id))!.seen;
  const read = await seen();
  const rename = (ar: string, from: string) => given.as(administrator).act(changeBody, { ...form({ names: { ar, en: '', ku: '' } }), id, seen: from });
  const tries = await Promise.allSettled(['مديرية مياه النبع', 'مديرية مياه الينابيع'].map((ar) => rename(ar, read)));
  expect(tries.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
  for (const it of tries) if (it.status === 'rejected') expect(it.reason).toMatchObject(refused('conflict'));
  await rename('مديرية مياه الجبل', await seen());
  const [first, second] = (await acts(id)).filter((act) => act.kind === 'body.changed');
  expect(second!.content).toEqual({ name: 'مديرية مياه الجبل', before: first!.content?.name });
});

test('the same form sent twice is one act; the order of sectors is no change', async () => {
  const id = await add({ sectors: ['SRV', 'EDU'] });
  await given.as(administrator).act(changeBody, { ...form({ sectors: ['EDU', 'SRV'] }), id, seen: 'long ago' });
  await given.as(administrator).act(setBodyActive, { id, active: true });
  expect(await acts(id)).toHaveLength(1);
});

test('a sector that the governorate does not know is refused beside its field, and a body that is not there is not found', async () => {
  await expect(add({ sectors: ['ZZZ'] })).rejects.toMatchObject({ refusal: { because: 'invalid', fields: { sectors: 'unknown' } } });
  await expect(given.as(administrator).act(changeBody, { ...form(), id: crypto.randomUUID() as never, seen: '' })).rejects.toMatchObject(refused('not-found'));
  await expect(given.as(administrator).act(setBodyActive, { id: crypto.randomUUID() as never, active: false })).rejects.toMatchObject(refused('not-found'));
});

test('a stopped body leaves the lists, and keeps its page', async () => {
  const id = await add();
  const code = `water-${count}`;
  await given.as(registry).act(setBodyActive, { id, active: false });
  expect((await given.ask(listBodies, ALL)).map((it) => it.code)).not.toContain(code);
  expect((await given.ask(searchBodies, { q: 'المياه', limit: 50 })).map((it) => it.code)).not.toContain(code);
  expect(await given.ask(showBody, code)).toMatchObject({ active: false });
  expect((await acts(id)).at(-1)).toMatchObject({ kind: 'body.changed', detail: { active: false } });
  await given.as(registry).act(setBodyActive, { id, active: true });
  expect((await given.ask(listBodies, ALL)).map((it) => it.code)).toContain(code);
});

test('the list goes by kind, and is narrowed by kind, sector and name in any language', async () => {
  const all = await given.ask(listBodies, ALL);
  const order = all.map((it) => BODY_KINDS.indexOf(it.kind));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect((await given.ask(listBodies, { ...ALL, kind: 'municipality' })).map((it) => it.code)).toEqual(['city-council']);
  expect((await given.ask(listBodies, { ...ALL, sector: 'CUL' })).map((it) => it.code)).toEqual(['education']);
  expect((await given.ask(listBodies, { ...ALL, sector: 'NONE' }))).toEqual([]);
  for (const q of ['صحة', 'الصحة', 'health', 'tenduristiyê']) expect((await given.ask(listBodies, { ...ALL, q }))[0]?.code).toBe('health');
  expect(await given.ask(listBodies, { ...ALL, q: 'زرافة' })).toEqual([]);
});

test('an address without a body is not found; a period begins as of today', async () => {
  for (const code of ['no-such-body', '\0', '', 'x'.repeat(9_000), '\ud800']) await expect(given.ask(showBody, code)).rejects.toMatchObject(refused('not-found'));
  expect(await given.ask(periodNow, 'year')).toEqual({ period: 'year', since: '2026-01-01' });
});
