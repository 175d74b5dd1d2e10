// Numbers for byte strings: the same bytes always get the same number, counted from 0. No JavaScript string is made
// until somebody asks for one, which is what makes a file of a million marks cheap to read.

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export class ByteTable {
  size = 0;
  private pool = new Uint8Array(4096);
  private ends = new Uint32Array(256);
  private hashes = new Int32Array(256);
  private slots = new Int32Array(1024).fill(-1);

  /** The number of bytes[from, to), or -1 when they are new. */
  find(bytes: Uint8Array, from: number, to: number): number {
    return this.slots[this.slotOf(bytes, from, to, hashOf(bytes, from, to))]!;
  }

  /** The number of bytes[from, to), a new one when they are new. Throws a TypeError when they are not UTF-8. */
  intern(bytes: Uint8Array, from: number, to: number): number {
    const hash = hashOf(bytes, from, to);
    const slot = this.slotOf(bytes, from, to, hash);
    const known = this.slots[slot]!;
    return known >= 0 ? known : this.add(bytes, from, to, hash, slot);
  }

  /** The text of a number. */
  at(code: number): string {
    return strict.decode(this.pool.subarray(code === 0 ? 0 : this.ends[code - 1]!, this.ends[code]!));
  }

  private slotOf(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const code = this.slots[slot]!;
      if (code < 0 || (this.hashes[code] === hash && this.equals(code, bytes, from, to))) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private equals(code: number, bytes: Uint8Array, from: number, to: number): boolean {
    let at = code === 0 ? 0 : this.ends[code - 1]!;
    if (this.ends[code]! - at !== to - from) return false;
    for (let i = from; i < to; i++) if (this.pool[at++] !== bytes[i]) return false;
    return true;
  }

  private add(bytes: Uint8Array, from: number, to: number, hash: number, slot: number): number {
    if (!isAscii(bytes, from, to)) strict.decode(bytes.subarray(from, to));
    const code = this.size++;
    const begin = code === 0 ? 0 : this.ends[code - 1]!;
    if (begin + to - from > this.pool.length) this.pool = wider(this.pool, begin + to - from);
    for (let i = from; i < to; i++) this.pool[begin + i - from] = bytes[i]!;
    if (code >= this.ends.length) this.growEntries();
    this.ends[code] = begin + to - from;
    this.hashes[code] = hash;
    this.slots[slot] = code;
    if (this.size * 2 > this.slots.length) this.rehash();
    return code;
  }

  private growEntries(): void {
    const ends = new Uint32Array(this.ends.length * 2);
    ends.set(this.ends);
    this.ends = ends;
    const hashes = new Int32Array(this.hashes.length * 2);
    hashes.set(this.hashes);
    this.hashes = hashes;
  }

  private rehash(): void {
    this.slots = new Int32Array(this.slots.length * 2).fill(-1);
    const mask = this.slots.length - 1;
    for (let code = 0; code < this.size; code++) {
      let slot = this.hashes[code]! & mask;
      while (this.slots[slot]! >= 0) slot = (slot + 1) & mask;
      this.slots[slot] = code;
    }
  }
}

function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

function isAscii(bytes: Uint8Array, from: number, to: number): boolean {
  let all = 0;
  for (let i = from; i < to; i++) all |= bytes[i]!;
  return all < 0x80;
}

function wider(pool: Uint8Array, need: number): Uint8Array<ArrayBuffer> {
  const next = new Uint8Array(Math.max(pool.length * 2, need));
  next.set(pool);
  return next;
}

/** A growing array of whole numbers below 2³². */
export class Numbers {
  length = 0;
  private values = new Uint32Array(1024);

  push(value: number): void {
    if (this.length === this.values.length) {
      const next = new Uint32Array(this.length * 2);
      next.set(this.values);
      this.values = next;
    }
    this.values[this.length++] = value;
  }

  set(at: number, value: number): void {
    this.values[at] = value;
  }

  get(at: number): number {
    return this.values[at]!;
  }

  /** The numbers so far, without a copy. */
  all(): Uint32Array {
    return this.values.subarray(0, this.length);
  }
}
