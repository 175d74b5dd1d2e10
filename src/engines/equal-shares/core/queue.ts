/** A binary heap of project numbers, least key first. Keys may change only while a project is out of the queue. */
export class Queue {
  length = 0;
  private readonly items: Int32Array;
  private readonly key: Float64Array;

  constructor(capacity: number, key: Float64Array) {
    this.items = new Int32Array(capacity);
    this.key = key;
  }

  clear(): void {
    this.length = 0;
  }

  /** The least key, Infinity when the queue is empty. */
  least(): number {
    return this.length === 0 ? Infinity : this.key[this.items[0]!]!;
  }

  push(item: number): void {
    const { items, key } = this;
    const mine = key[item]!;
    let at = this.length++;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (key[items[above]!]! <= mine) break;
      items[at] = items[above]!;
      at = above;
    }
    items[at] = item;
  }

  pop(): number {
    const { items, key } = this;
    const top = items[0]!;
    const moved = items[--this.length]!;
    const mine = key[moved]!;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= this.length) break;
      if (below + 1 < this.length && key[items[below + 1]!]! < key[items[below]!]!) below++;
      if (key[items[below]!]! >= mine) break;
      items[at] = items[below]!;
      at = below;
    }
    items[at] = moved;
    return top;
  }
}
