import { build } from '../../bin/build.js';
import { startServer } from './server.ts';

/** One server with demonstration content, shared by the specs that only read; others start their own. */
export default async function setup(): Promise<() => Promise<void>> {
  if (!(await build())) throw new Error('The site could not be built.');
  const server = await startServer({ demo: true });
  process.env.DEMO_URL = server.url;
  process.env.DEMO_PRINTED = server.printed();
  return () => server.stop();
}
