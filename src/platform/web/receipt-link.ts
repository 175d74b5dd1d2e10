/** A receipt in an address: behind the #, so that the phone that opens it keeps it to itself. */
import { parseNote, parseReceipt, receiptText } from '#engines/merkle-log/index.ts';

/** From the fullest to the shortest: with the lines of witnesses, without them, without the entry, and last only which line it is. */
export function receiptLinks(origin: string, index: number, receipt: string): string[] {
  const whole = parseReceipt(receipt);
  const { text, signatures } = parseNote(whole.checkpoint);
  const name = text.slice(0, text.indexOf('\n'));
  const own = `${text}\n${signatures.filter((it) => it.name === name).map((it) => `${it.line}\n`).join('')}`;
  const link = (it: string) => `${origin}/verify#${encodeURI(it)}`;
  return [link(receipt), link(receiptText({ ...whole, checkpoint: own })), link(receiptText({ ...whole, extra: null, checkpoint: own })), `${origin}/verify?line=${index}`];
}
