import { words } from '#platform/i18n/words.ts';
import type { RequestHandler } from './$types';

/** One installed site whatever the language of the page it was installed from; it opens in the governorate's own. */
export const GET: RequestHandler = ({ locals }) => {
  const w = words('ar');
  const manifest = {
    id: '/', name: `${w.t('site.name')} — ${locals.profile.governorateName.ar}`, short_name: w.t('site.name'), description: w.t('site.description'), lang: 'ar-SY', dir: 'rtl',
    start_url: '/', scope: '/', display: 'minimal-ui', background_color: '#fbf9f4', theme_color: '#103421',
    icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }, ...[192, 512].map((side) => ({ src: `/icon-${side}.png`, sizes: `${side}x${side}`, type: 'image/png', purpose: 'any maskable' }))],
    shortcuts: [{ name: w.tc('site.room', 'door.need'), url: '/new/need' }, { name: w.tc('site.room', 'track'), url: '/track' }],
  };
  return new Response(JSON.stringify(manifest), { headers: { 'content-type': 'application/manifest+json; charset=utf-8', 'cache-control': 'public, max-age=86400' } });
};
