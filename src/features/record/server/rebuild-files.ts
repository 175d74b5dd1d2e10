import { addEntries, EMPTY_EDGE, equal, rootOf, utf8, type Edge } from '#engines/merkle-log/index.ts';
import { RecordFault, type LogParts } from './log-parts.ts';
import { leavesBetween } from './log-state.ts';
import type { LogHead } from './log-store.ts';

const AT_ONCE = 2_000;

/**
 * The folder was lost, or a file in it broke: all files up to the lock anew from the database, once they are known to make its
 * root. `over`: also in the place of files with other bytes.
 */
export async function rebuildFiles(it: LogParts, head: LogHead, over: boolean): Promise<void> {
  for (const write of [false, true]) {
    let edge: Edge = EMPTY_EDGE;
    while (edge.size < head.size) {
      const to = Math.min(head.size, edge.size + AT_ONCE);
      const grown = addEntries(edge, (await it.house.ask(it.who, leavesBetween, { from: edge.size, to })).map(utf8));
      if (grown.edge.size !== to) throw new RecordFault('behind', `The database lacks entries of the record before ${to}.`);
      if (write) await it.folder.store(grown.files, over);
      edge = grown.edge;
    }
    if (!equal(rootOf(edge), head.root)) throw new RecordFault('changed', `The stored entries do not make the root that was signed for ${head.size}.`);
  }
}
