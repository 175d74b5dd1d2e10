/** A record of its own for a test: database, folder and signer, all of which others may open a second time. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { auditLog, openCheckpoint, parseVerifier } from '#engines/merkle-log/index.ts';
import { newId } from '#kernel/ids.ts';
import { openFolder } from '#platform/tlog/files.ts';
import { openSigner } from '#platform/tlog/signer.ts';
import { signerHere } from '#platform/tlog/signer-server.ts';
import type { Ctx, House } from '#features/context.ts';
import { recordMany } from '#features/record/server/index.ts';
import type { LogParts, Watching } from '#features/record/server/log-parts.ts';
import { openPublisher, type Steps } from '#features/record/server/publish-log.ts';
import { SYSTEM, type World } from './world.ts';

export async function recordOf(given: World) {
  const base = mkdtempSync(join(tmpdir(), 'abwab-record-'));
  afterAll(() => rmSync(base, { recursive: true, force: true }));
  const house: House = { ask: (who, query, input) => given.as(who).ask(query, input), glance: (who, query, input) => given.as(who).ask(query, input), act: (who, useCase, input) => given.as(who).act(useCase, input), close: async () => undefined };
  const opened = async () => signerHere(await openSigner(join(base, 'signer'), 'log.test/record'));
  const folder = openFolder(join(base, 'log'));
  const parts = async (watching?: Watching): Promise<LogParts> => ({ house, who: SYSTEM, folder, signer: await opened(), ...(watching ? { watching } : {}) });
  const key = parseVerifier(await (await opened()).vkey());
  return {
    base, folder, key, house, parts,
    write: (count: number) => given.act((ctx: Ctx) => recordMany(ctx, 'site.tested', Array.from({ length: count }, () => ({ subject: { kind: 'site' as const, id: newId<'site'>() }, public: true, detail: { n: 1 } }))), undefined),
    publisher: async (between?: (steps: Steps) => Steps) => openPublisher(await parts(), between),
    async publishAll() {
      const it = openPublisher(await parts());
      while ((await it.round()) > 0);
    },
    checkpoint: async () => openCheckpoint((await folder.read('checkpoint'))!, key),
    audit: (old: readonly string[] = []) => auditLog({ key, read: folder.read, old, proofs: 30 }),
  };
}

