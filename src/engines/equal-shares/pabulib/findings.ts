import type { Finding, FindingCode } from '../election.ts';

const linesKept = 5;

/** Counts what is odd and keeps the first lines of each kind; line 0 stands for no place in particular. */
export class Findings {
  private readonly byCode = new Map<FindingCode, { count: number; lines: number[] }>();

  note(code: FindingCode, line: number): void {
    const found = this.byCode.get(code) ?? { count: 0, lines: [] };
    found.count++;
    if (line > 0 && found.lines.length < linesKept) found.lines.push(line);
    this.byCode.set(code, found);
  }

  all(): Finding[] {
    return [...this.byCode].map(([code, { count, lines }]) => ({ code, count, lines }));
  }
}
