/** The record's key changes in public: the record names the next one, and the receipt of that is served where readers look for it. */
import { openLog, parseReceipt, receiptText, rotationPath, verifierText, type ReadFile } from '#engines/merkle-log/index.ts';
import { announcedKey } from '../leaf.ts';
import type { LogParts, Standing } from './log-parts.ts';
import { announceKey, indexOfAnnouncement } from './log-state.ts';

/** Goes one step on each time: the act, and once it is sealed with both keys its receipt. Returns the key whose receipt is served; `told` is what it returned last. */
export async function tellOfNextKey({ house, who, folder, signer }: LogParts, { key, log, published }: Standing, told: string | null): Promise<string | null> {
  const to = await signer.next();
  if (!to || to === told) return to;
  if (log.nextVkey !== to) await house.act(who, announceKey, { from: verifierText(key), to });
  const index = await house.ask(who, indexOfAnnouncement, to);
  if (index === null || !published || index >= published.size) return null;
  for (let number = 1; ; number++) {
    const path = rotationPath(number);
    const served = await folder.read(path);
    if (served && announcedIn(served) !== to) continue;
    if (!served) {
      const sealed = openLog(published, folder.read);
      await folder.replace(path, receiptText({ extra: await sealed.entry(index), index, proof: await sealed.inclusionProof(index), checkpoint: published.note }));
    }
    return to;
  }
}

/** Announcements that a copy elsewhere still serves, when the own folder was lost: a restored database may know an earlier key only. */
export async function copyAnnouncements({ folder }: Pick<LogParts, 'folder'>, read: ReadFile): Promise<void> {
  for (let number = 1; ; number++) {
    const path = rotationPath(number);
    const served = await read(path);
    if (!served) return;
    if (!(await folder.read(path))) await folder.replace(path, new TextDecoder().decode(served));
  }
}

function announcedIn(receipt: Uint8Array): string | null {
  const { extra } = parseReceipt(new TextDecoder().decode(receipt));
  return extra && (announcedKey(extra)?.to ?? null);
}
