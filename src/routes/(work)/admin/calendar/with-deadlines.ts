import { redirect } from '@sveltejs/kit';
import type { Ctx } from '#features/context.ts';
import { resetDeadlines } from '#features/intake/server/index.ts';

/** A calendar and the deadlines that follow from it change together or not at all. */
export function withDeadlines<I>(change: (ctx: Ctx, input: I) => Promise<void>) {
  return async (ctx: Ctx, input: I): Promise<number> => {
    await change(ctx, input);
    return resetDeadlines(ctx);
  };
}

/** To the calendar, which says how many deadlines moved. */
export const back = (locals: App.Locals, moved: number): never => redirect(303, locals.words.href(`/admin/calendar?moved=${moved}`));
