/** Receipts (C2SP tlog-proof): that an entry stands in a log at an index, to be kept and checked without the log. */
import { fromBase64, toBase64, wholeNumber } from './bytes.ts';
import { openCheckpoint, readHash, type SignedCheckpoint } from './checkpoint.ts';
import { fault } from './error.ts';
import { leafHash, type Hash } from './hash.ts';
import { checkQuorum, type Policy } from './policy.ts';
import { checkInclusion } from './proof.ts';

/** `extra`: bytes that come along and prove nothing, such as the entry itself. */
export type Receipt = { extra: Uint8Array | null; index: number; proof: Hash[]; /** a signed note */ checkpoint: string };

const HEAD = 'c2sp.org/tlog-proof@v1';
const MOST_HASHES = 63;

export function receiptText({ extra, index, proof, checkpoint }: Receipt): string {
  return [HEAD, ...(extra ? [`extra ${toBase64(extra)}`] : []), `index ${index}`, ...proof.map(toBase64), '', checkpoint].join('\n');
}

export function parseReceipt(text: string): Receipt {
  const wrong = (sentence: string) => fault('E_PROOF_FORMAT', `The receipt cannot be read: ${sentence}`);
  const end = text.indexOf('\n\n');
  if (end < 0) return wrong('there is no empty line before its checkpoint.');
  const [head, ...lines] = text.slice(0, end).split('\n');
  if (head !== HEAD) return wrong(`it does not begin with ${HEAD}.`);
  const extra = lines[0]?.startsWith('extra ') ? fromBase64(lines.shift()!.slice('extra '.length)) ?? wrong('what comes along is not base64.') : null;
  const index = wholeNumber(/^index (.+)$/.exec(lines.shift() ?? '')?.[1] ?? '') ?? wrong('it does not say which entry.');
  if (lines.length > MOST_HASHES) return wrong('it is too long.');
  return { extra, index, proof: lines.map(readHash), checkpoint: text.slice(end + 2) };
}

/** Throws when the receipt does not prove that this entry stands in the policy's log. */
export async function checkReceipt(receipt: Receipt, entry: Uint8Array, policy: Policy): Promise<SignedCheckpoint> {
  const checkpoint = await openCheckpoint(receipt.checkpoint, policy.logs, [...policy.witnesses.values()].map((it) => it.key));
  checkQuorum(policy, checkpoint.signed);
  checkInclusion(leafHash(entry), receipt.index, checkpoint.size, receipt.proof, checkpoint.root);
  return checkpoint;
}
