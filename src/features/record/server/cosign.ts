/**
 * Those who watch are asked to cosign what is published (C2SP tlog-witness). Publication waits for none of them: a seal is shown at
 * once, their lines are added as they come, and the newest seal that enough of them have seen is kept beside it for receipts.
 */
import { additionText, cosignatureIn, hasQuorum, LogError, openCheckpoint, openLog, policyText, trusting, withSignatures, type SignedCheckpoint, type Witness } from '#engines/merkle-log/index.ts';
import type { WitnessReply } from '#platform/tlog/witness-client.ts';
import type { WitnessProblem } from '../model.ts';
import type { ShownWitness } from '../views.ts';
import { standing, type LogParts, type Watching } from './log-parts.ts';
import { giveLeaseBack, takeLease } from './log-state.ts';
import { noteWitnessed, noteWitnesses } from './watch-state.ts';

/** Who has nothing new to see says once an hour that it still watches. */
const STILL_THERE_MS = 3_600_000;
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [5_000, 300_000];
const TRIES_FOR_LEASE = 30;

export type Cosigned = { name: string; line: string; at: number } | { name: string; problem: WitnessProblem };

/** Asks whom the policy names and who has not cosigned the published seal yet; who fails is asked again after growing pauses. */
export function openCosigner(it: LogParts): () => Promise<Cosigned[]> {
  const pauses = new Map<string, { until: number; next: number }>();
  let written: string | null = null;

  return async () => {
    const { key, published } = await standing(it);
    const policy = { ...(it.watching?.policy ?? trusting()), logs: [key] };
    if (written !== policyText(policy)) await it.folder.replace('policy', (written = policyText(policy)));
    const known = await it.house.act(it.who, noteWitnesses, { policy: [...policy.witnesses].map(([name, { key: own }]) => ({ name, vkey: own })), answers: [] });
    if (!it.watching || !published) return [];
    const asked = await openCheckpoint(published.note, key, [...policy.witnesses.values()].map((witness) => witness.key));
    const due = [...policy.witnesses].filter(([name, witness]) => (pauses.get(name)?.until ?? 0) <= performance.now() && isDue(witness, asked, known.shown.find((row) => row.name === name), known.now));
    if (due.length === 0) return [];
    const answers = await Promise.all(due.map(([name, witness]) => askOne(it, it.watching!, asked, { name, witness, old: known.shown.find((row) => row.name === name)?.seen?.size ?? 0 })));
    for (const answer of answers) {
      const pause = pauses.get(answer.name)?.next ?? FIRST_PAUSE_MS;
      if ('line' in answer) pauses.delete(answer.name);
      else pauses.set(answer.name, { until: performance.now() + pause, next: Math.min(LONGEST_PAUSE_MS, pause * 2) });
    }
    await keep(it, { asked, policy, answers });
    return answers;
  };
}

function isDue({ key, url }: Witness, asked: SignedCheckpoint, row: ShownWitness | undefined, now: Date): boolean {
  if (!url) return false;
  const has = asked.signed.some((it) => it.key === key);
  return !has || !row?.seen || row.seen.size !== asked.size || row.seen.at.getTime() < now.getTime() - STILL_THERE_MS;
}

type Question = { name: string; witness: Witness; old: number };

/** `old`: what it is believed to have seen last. It knows better, and is asked again from there, once. */
async function askOne(it: LogParts, watching: Watching, asked: SignedCheckpoint, { name, witness, old }: Question, again = true): Promise<Cosigned> {
  const from = Math.min(old, asked.size);
  const proof = await openLog(asked, it.folder.read).consistencyProof(from);
  const reply = await watching.ask(witness.url!, additionText({ old: from, proof, checkpoint: asked.note }));
  if (reply.status === 409 && reply.size <= asked.size && reply.size !== from && again) return askOne(it, watching, asked, { name, witness, old: reply.size }, false);
  if (reply.status !== 200) return { name, problem: problemOf(reply, asked.size) };
  return cosignatureIn(reply.body, asked.text, witness.key).then((signed) => ({ name, ...signed }), (error: unknown) => {
    if (error instanceof LogError) return { name, problem: 'false' as const };
    throw error;
  });
}

function problemOf(reply: Exclude<WitnessReply, { status: 200 }>, size: number): WitnessProblem {
  switch (reply.status) {
    case 422: return 'refuses';
    case 409: return reply.size > size ? 'ahead' : 'away';
    case 'unreachable': return 'away';
    default: return 'stranger';
  }
}

/** The lines go to the seal that is shown, unless a newer one has taken its place, and to the one for receipts when they are enough. */
async function keep(it: LogParts, { asked, policy, answers }: { asked: SignedCheckpoint; policy: Watching['policy']; answers: readonly Cosigned[] }): Promise<void> {
  const lines = answers.flatMap((answer) => ('line' in answer ? [answer.line] : []));
  const note = withSignatures(asked.note, lines);
  const { signed } = await openCheckpoint(note, policy.logs, [...policy.witnesses.values()].map((witness) => witness.key));
  if (lines.length > 0) await addToPublished(it, asked, lines);
  if (policy.quorum !== null && hasQuorum(policy, signed)) {
    await it.folder.replace('checkpoint.witnessed', note);
    await it.house.act(it.who, noteWitnessed, asked.size);
  }
  await it.house.act(it.who, noteWitnesses, {
    policy: [...policy.witnesses].map(([name, { key }]) => ({ name, vkey: key })),
    answers: answers.map((answer) => ('line' in answer ? { name: answer.name, size: asked.size } : answer)),
  });
}

/** Under the publisher's lease, so that no newer seal is written over. */
async function addToPublished(it: LogParts, asked: SignedCheckpoint, lines: readonly string[]): Promise<void> {
  for (let attempt = 0; !(await it.house.act(it.who, takeLease, undefined)); attempt++) {
    if (attempt === TRIES_FOR_LEASE) return;
    await new Promise((done) => { setTimeout(done, 50); });
  }
  try {
    const shown = new TextDecoder().decode((await it.folder.read('checkpoint')) ?? new Uint8Array(0));
    if (shown.startsWith(`${asked.text}\n`)) await it.folder.replace('checkpoint', withSignatures(shown, lines));
  } finally {
    await it.house.act(it.who, giveLeaseBack, undefined);
  }
}
