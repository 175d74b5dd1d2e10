import { sheetsToPrint } from '#features/desk/server/index.ts';
import { addressIn } from '#platform/i18n/languages.ts';
import { drawQr } from '#platform/web/qr.ts';
import { clerksOnly } from '../../../../staff.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, params }) => {
  clerksOnly(locals, url);
  const { sheets, ...view } = await locals.ask(sheetsToPrint, params.id);
  return {
    ...view, days: locals.profile.clocks.answer,
    sheets: sheets.map((it) => {
      const address = `${locals.origin}${addressIn(view.language, `/n/${it.number}`)}`;
      return { ...it, address, qr: drawQr(address), typing: drawQr(`${locals.origin}${locals.words.href('/desk/paper')}?sheet=${it.number}`) };
    }),
  };
};
