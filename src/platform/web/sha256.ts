/** SHA-256 (FIPS 180-4) in few bytes, for the script of the page that checks receipts; the server uses an audited one, and a test compares the two. */
const PRIMES = Array.from({ length: 312 }, (_, at) => at).filter((n) => n > 1 && Array.from({ length: 16 }, (_, at) => at + 2).every((by) => by >= n || n % by > 0));
const fraction = (root: number): number => ((root % 1) * 2 ** 32) | 0;
const START = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const ROUNDS = PRIMES.map((prime) => fraction(Math.cbrt(prime)));
const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

export function sha256(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length * 8);
  const state = Int32Array.from(START);
  const words = new Int32Array(64);
  for (let block = 0; block < padded.length; block += 64) {
    for (let at = 0; at < 64; at++) words[at] = at < 16 ? view.getInt32(block + at * 4) : mixed(words, at);
    step(state, words);
  }
  const result = new DataView(new ArrayBuffer(32));
  for (const [at, word] of state.entries()) result.setInt32(at * 4, word);
  return new Uint8Array(result.buffer);
}

function mixed(words: Int32Array, at: number): number {
  const [far, near] = [words[at - 15]!, words[at - 2]!];
  return (words[at - 16]! + (turn(far, 7) ^ turn(far, 18) ^ (far >>> 3)) + words[at - 7]! + (turn(near, 17) ^ turn(near, 19) ^ (near >>> 10))) | 0;
}

function step(state: Int32Array, words: Int32Array): void {
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let at = 0; at < 64; at++) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[at]! + words[at]!) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  for (const [at, word] of [a, b, c, d, e, f, g, h].entries()) state[at] = (state[at]! + word) | 0;
}
