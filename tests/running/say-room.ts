/** Loaded into a server whose disk has as much room as a file says: a real one would have to be filled, and is shared with others. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

fs.statfsSync = (() => ({ bavail: Number(fs.readFileSync(process.env.SAY_ROOM!, 'utf8')), bsize: 1 })) as never;
syncBuiltinESMExports();
