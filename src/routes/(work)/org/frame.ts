/** What the pages of an organisation have in common. Who may do what is decided by queries and use cases. */
import { redirect } from '@sveltejs/kit';
import { refuse } from '#kernel/refusal.ts';
import type { PlainDate } from '#kernel/working-days.ts';
import { signInFirst } from '#platform/web/guard.ts';
import { insideOrganisation } from '#features/organisations/server/index.ts';
import { dayFrom } from '#features/places/input.ts';

export const DONE = ['saved', 'added', 'removed', 'sent', 'asked', 'objected', 'invited', 'revoked', 'changed', 'handed', 'agreed', 'declined', 'confirmed', 'joined'] as const;
export type Done = (typeof DONE)[number];

/** The organisation from inside, for somebody signed in; to everybody else it is not there. */
export async function inside(locals: App.Locals, url: URL, number: string) {
  signInFirst(locals, url);
  return { it: await locals.ask(insideOrganisation, number), done: DONE.find((one) => one === url.searchParams.get('done')) ?? null };
}

export const back = (locals: App.Locals, path: string, done: Done): never => redirect(303, `${locals.words.href(path)}?done=${done}`);

/** A day in three fields that may stay empty; half a day is none. */
export function dayOrNone(values: Record<string, string>, name: string): PlainDate | null {
  const typed = ['day', 'month', 'year'].some((part) => (values[`${name}-${part}`] ?? '').trim() !== '');
  return typed ? (dayFrom(values, name) ?? refuse({ because: 'invalid', fields: { [name]: 'not-a-date' } })) : null;
}
