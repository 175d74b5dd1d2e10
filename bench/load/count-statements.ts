/** Loaded into the server that is measured: how many statements it has sent, told on SIGUSR2. */
import pg from 'pg';

let statements = 0;
const original = pg.Client.prototype.query as (...args: unknown[]) => unknown;
pg.Client.prototype.query = function counted(this: pg.Client, ...args: unknown[]) {
  const text = typeof args[0] === 'string' ? args[0] : ((args[0] as { text?: string } | null)?.text ?? '');
  // Several in one message travel once.
  if (text !== '') statements++;
  return original.apply(this, args);
} as never;
process.on('SIGUSR2', () => process.stderr.write(`STATEMENTS ${statements} RSS ${process.memoryUsage.rss()}\n`));
