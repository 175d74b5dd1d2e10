import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { OnceSchema } from '#features/intake/input.ts';
import { receiptOf } from '#features/intake/server/index.ts';
import { drawQr } from '#platform/web/qr.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals, setHeaders }) => {
  const once = v.safeParse(OnceSchema, url.searchParams.get('once') ?? '');
  const receipt = once.success ? await locals.ask(receiptOf, once.output) : null;
  if (!receipt) error(404, 'not-found');
  setHeaders({ 'cache-control': 'private, no-store' });
  const address = `${locals.origin}${locals.words.href(`/n/${receipt.number}`)}`;
  return { receipt, once: once.success ? once.output : '', address, qr: drawQr(address), days: locals.profile.clocks.acknowledge };
};
