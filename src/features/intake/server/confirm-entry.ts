/** «Was it done?»: who may say so about which commitment of an entry, and saying it. */
import { refuse } from '#kernel/refusal.ts';
import { askedOf, giveVoice, type VoiceInput } from '../../commitments/server/index.ts';
import type { Ctx } from '../../context.ts';
import { isVisible, mayConfirm, type Relation } from '../access.ts';
import type { Entry } from '../model.ts';
import { found, relationTo, senderOf, type Asked } from './queries/show.ts';
import { loadEntry } from './store.ts';
import { sentJoined, supportsEntry } from './support-store.ts';

/** `commitment` is its number; where only one is asked about it may be left out. */
export type Confirmation = Asked & Pick<VoiceInput, 'verdict' | 'words' | 'files' | 'draftId'> & { commitment?: string };

/** `voice` is null for whoever has to sign in, or to confirm a contact, first. */
export type ConfirmView = { number: string; visible: boolean; voice: VoiceInput['voice'] | null; commitments: Awaited<ReturnType<typeof askedOf>> };

type Speaker = { voice: VoiceInput['voice']; who: string };

/** What residents are asked about an entry, and what the reader has said so far. */
export async function toConfirm(ctx: Ctx, asked: Asked): Promise<ConfirmView> {
  const { entry, speaker } = await speakerFor(ctx, asked);
  const commitments = await askedOf(ctx, { subjectId: entry.id, voter: speaker && voterHash(ctx, entry.id, speaker.who) });
  return { number: entry.number, visible: isVisible(entry), voice: speaker?.voice ?? null, commitments };
}

/** The sender speaks as sender, by account or key; whoever supported it as supporter; any other person with a verified contact as neighbour. */
export async function confirmEntry(ctx: Ctx, input: Confirmation): Promise<void> {
  const { entry, speaker } = await speakerFor(ctx, input);
  if (!speaker) return refuse({ because: 'not-allowed', to: 'confirm this entry' });
  const commitments = await askedOf(ctx, { subjectId: entry.id, voter: null });
  if (commitments.length === 0) refuse({ because: 'wrong-state', is: entry.state, wanted: 'delivered' });
  const chosen = input.commitment ? commitments.find((it) => it.number === input.commitment) : commitments.length === 1 ? commitments[0] : undefined;
  if (!chosen) return refuse({ because: 'invalid', fields: { commitment: input.commitment ? 'not-asked' : 'required' } });
  const { verdict, words, files, draftId } = input;
  await giveVoice(ctx, { commitmentId: chosen.id, voterHash: voterHash(ctx, entry.id, speaker.who), voice: speaker.voice, verdict, ...(words ? { words } : {}), ...(files ? { files } : {}), ...(draftId ? { draftId } : {}) });
}

/** The entry that residents are asked about (where a joined one led to), and in whose voice the actor may speak. A confidential one is between sender and body. */
async function speakerFor(ctx: Ctx, asked: Asked): Promise<{ entry: Entry; speaker: Speaker | null }> {
  const { entry: named, relation } = await found(ctx, asked);
  let entry = named;
  while (entry.state === 'joined') entry = await loadEntry(ctx, entry.into);
  const speaker = await speakerOf(ctx, entry, named, relation);
  if (!isVisible(entry) && speaker?.voice !== 'submitter') refuse({ because: 'not-found', what: 'entry' });
  return { entry, speaker };
}

/** One voice a person, whichever way they came: the sender of a joined entry speaks for themselves as a supporter of the other. */
async function speakerOf(ctx: Ctx, entry: Entry, named: Entry, relation: Relation): Promise<Speaker | null> {
  const own = named.id === entry.id ? relation : await relationTo(ctx, entry, undefined);
  if (own.sender) return { voice: 'submitter', who: 'sender' };
  if (relation.sender) return { voice: 'supporter', who: (await senderOf(ctx, named.id)) ?? `sender of ${named.id}` };
  if (!mayConfirm(ctx.actor) || ctx.actor.kind !== 'person') return null;
  const behind = (await supportsEntry(ctx, entry.id, ctx.actor.id)) || (await sentJoined(ctx, entry.id, ctx.actor.id));
  return { voice: behind ? 'supporter' : 'neighbour', who: ctx.actor.id };
}

/** One voice a person and entry, whichever way they came; no account can be read back from it. */
export function voterHash(ctx: Ctx, entryId: string, who: string): Buffer {
  return ctx.secrets.keyedHash('voice', `${entryId}:${who}`);
}
