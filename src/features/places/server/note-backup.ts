import * as v from 'valibot';
import { allow } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import { mayKeepSite, mayNoteBackup } from '../access.ts';
import { lockSettings, saveSetting } from './keep-store.ts';
import { settingQuery } from './site-queries.ts';

const NAME = 'backup';
const Stored = v.object({ at: v.pipe(v.string(), v.isoTimestamp()), rows: v.number(), elsewhere: v.boolean() });

/** `elsewhere`: not in the data folder, which burns with the machine; `at`: of the snapshot. */
export type LastBackup = { at: Date; rows: number; elsewhere: boolean };

/** A backup is there, whole. */
export async function noteBackup(ctx: Ctx, it: { rows: number; elsewhere: boolean }): Promise<void> {
  allow(mayNoteBackup(ctx.actor), 'note a backup');
  await lockSettings(ctx);
  await saveSetting(ctx, NAME, { at: ctx.now.toISOString(), ...it });
}

/** When this installation was copied last; null when it never was. */
export async function lastBackup(ctx: Ctx): Promise<LastBackup | null> {
  allow(mayKeepSite(ctx.actor) || mayNoteBackup(ctx.actor), 'see when the data was copied');
  const stored = v.safeParse(Stored, await settingQuery(ctx, NAME));
  return stored.success ? { ...stored.output, at: new Date(stored.output.at) } : null;
}
