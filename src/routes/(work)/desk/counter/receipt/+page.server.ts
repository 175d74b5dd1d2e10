import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { deskReceipt } from '#features/desk/server/index.ts';
import { OnceSchema } from '#features/intake/input.ts';
import { addressIn } from '#platform/i18n/languages.ts';
import { drawQr } from '#platform/web/qr.ts';
import { clerksOnly } from '../../../staff.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals }) => {
  clerksOnly(locals, url);
  const once = v.safeParse(OnceSchema, url.searchParams.get('once') ?? '');
  const receipt = once.success ? await locals.ask(deskReceipt, once.output) : null;
  if (!receipt) error(404, 'not-found');
  const address = `${locals.origin}${addressIn(receipt.language, `/n/${receipt.number}`)}`;
  return { receipt, address, once: once.success ? once.output : '', qr: drawQr(address) };
};
