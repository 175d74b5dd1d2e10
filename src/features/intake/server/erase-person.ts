import { eraseVoices } from '../../commitments/server/index.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { isVisible } from '../access.ts';
import { isLive, withdraw } from '../rules.ts';
import { eraseAllSaid, eraseWords } from './erase-entry.ts';
import { cutTies, entriesOfPerson, followsOfPerson, supportsOfPerson, voicedEntries } from './forget-store.ts';
import { voterHash } from './confirm-entry.ts';
import { removeSupport, setFollow } from './support-store.ts';
import { lockEntry, saveEntry, today } from './store.ts';

/** Everything that this person said at the door: what nobody has answered is withdrawn, of the rest the words go and the answer stays. The account is held by whoever calls. */
export async function erasePersonsEntries(ctx: Ctx, person: string): Promise<void> {
  const own = await entriesOfPerson(ctx, person);
  const voiced = await voicedEntries(ctx, person);
  await eraseVoices(ctx, voiced.flatMap((id) => [voterHash(ctx, id, person), ...(own.some((it) => it.id === id) ? [voterHash(ctx, id, 'sender')] : [])]));
  for (const { id, language } of own) await eraseOne(ctx, id, language);
  for (const entry of await supportsOfPerson(ctx, person)) await removeSupport(ctx, entry, person);
  for (const entry of await followsOfPerson(ctx, person)) await setFollow(ctx, entry, person, false);
}

async function eraseOne(ctx: Ctx, id: string, language: string): Promise<void> {
  const entry = await lockEntry(ctx, id);
  if (entry.state !== 'withdrawn' && !isLive(entry)) return eraseWords(ctx, { id, language, shown: isVisible(entry) });
  if (isLive(entry)) await saveEntry(ctx, withdraw(entry, today(ctx)));
  await eraseAllSaid(ctx, id);
  await cutTies(ctx, id);
  if (entry.state !== 'withdrawn') await record(ctx, 'entry.withdrawn', { kind: 'entry', id }, { public: entry.publishedAt !== null, as: { role: 'resident' } });
}
