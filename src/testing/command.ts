/** A verb as whoever types it meets it: what it ends with, and what stands on either output. */
import { vi } from 'vitest';

export async function running(command: { run(args: string[]): Promise<number> }, args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const catching = (into: 'out' | 'err') => (text: unknown, done?: unknown) => {
    written[into] += String(text);
    if (typeof done === 'function') done();
    return true;
  };
  const caught = [
    vi.spyOn(process.stdout, 'write').mockImplementation(catching('out') as typeof process.stdout.write),
    vi.spyOn(process.stderr, 'write').mockImplementation(catching('err') as typeof process.stderr.write),
  ];
  try {
    return { code: await command.run([...args]), ...written };
  } finally {
    for (const it of caught) it.mockRestore();
  }
}
