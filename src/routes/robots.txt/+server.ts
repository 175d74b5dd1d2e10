import { LANGS, addressIn } from '#platform/i18n/languages.ts';
import type { RequestHandler } from './$types';

const CLOSED = ['/me', '/login', '/enter/', '/admin', '/desk', '/gov', '/org/', '/track', '/follow', '/new/', '/offline', '/settings', '/demo', '/leave'];

export const GET: RequestHandler = ({ locals }) => {
  const lines = ['User-agent: *', ...LANGS.flatMap((lang) => CLOSED.map((path) => `Disallow: ${addressIn(lang, path)}`)), '', `Sitemap: ${locals.origin}/sitemap.xml`, ''];
  return new Response(lines.join('\n'), { headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=3600' } });
};
