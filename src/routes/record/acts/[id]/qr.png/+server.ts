import * as v from 'valibot';
import { idSchema } from '#kernel/ids.ts';
import { refuse } from '#kernel/refusal.ts';
import { preflight } from '#platform/web/api.ts';
import { leafOfAct } from '#features/record/server/index.ts';
import { receiptOf } from '#platform/web/log-files.ts';
import { parse } from '#platform/web/parse.ts';
import { qrPicture } from '#platform/web/qr.ts';
import { receiptLinks } from '#platform/web/receipt-link.ts';
import type { RequestHandler } from './$types';

const Address = v.object({ id: idSchema<'act'>() });

/** The receipt of a public act as a square: the address of the page that checks it, with the receipt behind its #. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { index } = await locals.ask(leafOfAct, parse(Address, params).id);
  const receipt = index === null ? null : await receiptOf(index);
  if (index === null || !receipt) return refuse({ because: 'not-found', what: 'receipt' });
  return new Response(new Uint8Array(qrPicture(receiptLinks(locals.origin, index, receipt))), { headers: { 'content-type': 'image/png', 'cache-control': 'no-cache' } });
};
export const OPTIONS: RequestHandler = () => preflight();
