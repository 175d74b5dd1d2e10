/** The record is kept here, outside any transaction: its folder and its signer are opened, the rest is given them. */
import { readFileSync } from 'node:fs';
import { LogError, parsePolicy, type ReadFile } from '#engines/merkle-log/index.ts';
import { logFolderOf, policyFileOf, type Config } from '#platform/config.ts';
import { openFolder } from '#platform/tlog/files.ts';
import { openSignerFor } from '#platform/tlog/signer-child.ts';
import { askWitness } from '#platform/tlog/witness-client.ts';
import type { House, Who } from '../../context.ts';
import { openCosigner, type Cosigned } from './cosign.ts';
import { catchUp } from './catch-up.ts';
import { RecordFault, standing, type LogParts, type Watching } from './log-parts.ts';
import { recordStanding } from './log-queries.ts';
import { openPublisher, type Publisher } from './publish-log.ts';
import { rebuildFiles } from './rebuild-files.ts';

export { CHECK_EVERY_SECONDS } from './check-leaves.ts';
export { RecordFault } from './log-parts.ts';

export type RecordKeeper = Publisher & {
  /** Asks those who watch to cosign what is published, as far as they have not. */
  cosign(): Promise<Cosigned[]>;
  /** Brings entries back that a restored database no longer knows; from the own folder unless another source is given. */
  catchUp(read?: ReadFile): Promise<{ back: number; unknown: number }>;
  /** Writes every file of the published record anew from the database, in the place of lost and broken ones. */
  repair(): Promise<void>;
  /** Throws what is known to stand in the record's way. */
  refuseFault(): Promise<void>;
  /** How many entries are signed, published, and stored with an index. */
  sizes(): Promise<{ signed: number; published: number; stored: number }>;
  close(): void;
};

export function openRecord(config: Config, house: House, who: Who): RecordKeeper {
  const signer = openSignerFor(config);
  const watching = watchersOf(config);
  const parts: LogParts = { house, who, folder: openFolder(logFolderOf(config)), signer, ...(watching ? { watching } : {}) };
  return {
    ...openPublisher(parts),
    cosign: openCosigner(parts),
    async catchUp(read) {
      const told = await catchUp(parts, read ?? parts.folder.read);
      // What came from a copy elsewhere is served from here again.
      if (read && told.back > 0) await rebuildFiles(parts, (await standing(parts)).log, true);
      return told;
    },
    repair: async () => rebuildFiles(parts, (await standing(parts)).log, true),
    async refuseFault() {
      const { fault } = await house.ask(who, recordStanding, undefined);
      if (fault) throw new RecordFault(fault.kind, `The record stands still (${fault.kind}${fault.atIndex === null ? '' : `, entry ${fault.atIndex}`}). See /log and abwab doctor.`);
    },
    async sizes() {
      const { signed, published, leaves } = await standing(parts);
      return { signed: signed.size, published: published?.size ?? 0, stored: leaves };
    },
    close: signer.close,
  };
}

const PATIENCE_MS = 5_000;

/** Whom the policy file names; nobody when there is none. One that cannot be read stops the start with a sentence. */
function watchersOf(config: Config): Watching | null {
  const file = policyFileOf(config);
  if (!file) return null;
  try {
    return { policy: parsePolicy(readFileSync(file, 'utf8')), ask: askWitness(PATIENCE_MS) };
  } catch (error) {
    throw error instanceof LogError ? new Error(`${file}: ${error.message}`, { cause: error }) : error;
  }
}
