/** C2SP signed notes: a text of lines, an empty line, and lines that sign it. */
import { concat, equal, fromBase64, fromUtf8, toBase64, toHex, utf8 } from './bytes.ts';
import { fault } from './error.ts';
import { COSIGNATURE, isKeyName, signatureHolds, type SigningKey, type VerifierKey } from './key.ts';

/** `signature` is what stands behind the four bytes of the key's identifier. */
export type Signature = { name: string; id: Uint8Array; signature: Uint8Array; line: string };
export type Note = { /** with its last line end */ text: string; signatures: Signature[] };
/** `at`: when a cosigner saw it, in seconds since 1970; null for plain signatures, which carry no time. */
export type Signed = { key: VerifierKey; at: number | null };

const LONGEST = 1_000_000;
const MOST_SIGNATURES = 100;
const DASH = '— ';

export function parseNote(note: Uint8Array | string): Note {
  const whole = typeof note === 'string' ? note : fromUtf8(note);
  if (whole === null || whole.length > LONGEST || /[\u0000-\u0009\u000b-\u001f\ufffd]/.test(whole)) return fault('E_NOTE_FORMAT', 'The note is not a text of plain lines.');
  const end = whole.lastIndexOf('\n\n');
  if (end < 0) return fault('E_NOTE_FORMAT', 'There is no empty line between the text of the note and its signatures.');
  const lines = whole.slice(end + 2).split('\n');
  if (lines.pop() !== '' || lines.length === 0) return fault('E_NOTE_FORMAT', 'The note does not end with a line that signs it.');
  if (lines.length > MOST_SIGNATURES) return fault('E_NOTE_FORMAT', `The note has more than ${MOST_SIGNATURES} signatures.`);
  return { text: whole.slice(0, end + 1), signatures: lines.map(parseSignature) };
}

export function parseSignature(line: string): Signature {
  const [name, code, ...rest] = line.startsWith(DASH) ? line.slice(DASH.length).split(' ') : [];
  const bytes = code ? fromBase64(code) : null;
  if (!name || !isKeyName(name) || !bytes || bytes.length < 5 || rest.length > 0) return fault('E_NOTE_FORMAT', 'A line that should sign the note is not a signature.');
  return { name, id: bytes.slice(0, 4), signature: bytes.slice(4), line };
}

/**
 * Which of the keys have signed. A signature by an unknown key is passed over; a false one by a known key refuses the
 * whole note, and so does a note that none of the keys has signed.
 */
export async function openNote(bytes: Uint8Array | string, keys: readonly VerifierKey[]): Promise<Note & { signed: Signed[] }> {
  const note = parseNote(bytes);
  const signed: Signed[] = [];
  for (const it of note.signatures) {
    const key = keys.find((known) => known.name === it.name && equal(known.id, it.id));
    if (!key || signed.some((other) => other.key === key)) continue;
    const at = key.kind === COSIGNATURE ? timeOf(it.signature) : null;
    const message = at === null ? utf8(note.text) : cosigned(note.text, at);
    const holds = await signatureHolds(key, message, key.kind === COSIGNATURE ? it.signature.slice(8) : it.signature);
    if (!holds) fault('E_NOTE_SIG', `The signature of ${it.name} is not one of this text: one of the two was changed.`);
    signed.push({ key, at });
  }
  if (signed.length === 0) fault('E_NOTE_UNSIGNED', `None of the known keys has signed this: ${keys.map((key) => `${key.name}+${toHex(key.id)}`).join(', ')}.`);
  return { ...note, signed };
}

/** A signature line with its line end. A cosigner's key (kind 4) needs the time in seconds. */
export async function signLine(text: string, key: SigningKey, at?: number): Promise<string> {
  const { kind, name, id } = key.verifier;
  if ((kind === COSIGNATURE) !== (at !== undefined)) throw new TypeError('a cosignature has a time, a plain signature has none');
  const signature = at === undefined ? await key.sign(utf8(text)) : concat([timeBytes(at), await key.sign(cosigned(text, at))]);
  return `${DASH}${name} ${toBase64(concat([id, signature]))}\n`;
}

export const signNote = async (text: string, key: SigningKey): Promise<string> => `${text}\n${await signLine(text, key)}`;

/** The note with these signature lines too; a newer line of a key takes the place of its older one. */
export function withSignatures(note: string, lines: readonly string[]): string {
  const { text, signatures } = parseNote(note);
  const added = lines.map((line) => parseSignature(line.replace(/\n$/, '')));
  const kept = signatures.filter((it) => !added.some((other) => other.name === it.name && equal(other.id, it.id)));
  return `${text}\n${[...kept, ...added].map((it) => `${it.line}\n`).join('')}`;
}

/** From what a witness answered its own line on this text, and when it says that it saw it. Lines of other keys are passed over. */
export async function cosignatureIn(answer: string, text: string, key: VerifierKey): Promise<{ line: string; at: number }> {
  const { signatures, signed } = await openNote(`${text}\n${answer}`, [key]);
  const at = signed[0]!.at;
  if (!at || !Number.isSafeInteger(at)) return fault('E_NOTE_FORMAT', `${key.name} does not say when it saw this.`);
  return { line: signatures.find((it) => it.name === key.name && equal(it.id, key.id))!.line, at };
}

/** What a cosigner signs. It does not name the cosigner: every cosigner has a key of its own. */
export const cosigned = (text: string, at: number): Uint8Array => utf8(`cosignature/v1\ntime ${at}\n${text}`);

function timeBytes(at: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(at));
  return bytes;
}

const timeOf = (signature: Uint8Array): number =>
  signature.length < 8 ? 0 : Number(new DataView(signature.buffer, signature.byteOffset, 8).getBigUint64(0));
