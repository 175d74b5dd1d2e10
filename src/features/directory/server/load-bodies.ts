import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { newId } from '#kernel/ids.ts';
import type { Ctx } from '../../context.ts';

const Bodies = v.array(v.looseObject({
  code: v.string(), kind: v.string(), name: v.object({ ar: v.string(), en: v.optional(v.string(), ''), ku: v.optional(v.string(), '') }), sectors: v.array(v.string()),
}));

/** Loads the profile's bodies once; afterwards the administrator changes them in the browser. */
export async function loadBodies(ctx: Ctx): Promise<boolean> {
  if (await ctx.db.selectFrom('bodies').select('id').limit(1).executeTakeFirst()) return false;
  const bodies = v.parse(Bodies, JSON.parse(readFileSync(join(ctx.profile.folder, 'bodies.json'), 'utf8')));
  await ctx.db.insertInto('bodies').values(bodies.map((body) => ({
    id: newId<'body'>(), code: body.code, kind: body.kind, nameAr: body.name.ar, nameEn: body.name.en, nameKu: body.name.ku, sectors: body.sectors, phone: '', active: true,
  }))).execute();
  return true;
}
