import type { RequestHandler } from './$types';

const VALID_DAYS = 180;

/** RFC 9116. Where the governorate has named nobody to write to, a complaint reaches the office without being seen by others. */
export const GET: RequestHandler = ({ locals }) => {
  const { email } = locals.profile.contacts;
  const expires = new Date(Date.now() + VALID_DAYS * 86_400_000).toISOString();
  const lines = [`Contact: ${email ? `mailto:${email}` : `${locals.origin}/new/complaint`}`, `Expires: ${expires}`, 'Preferred-Languages: ar, en, ku', `Canonical: ${locals.origin}/.well-known/security.txt`, ''];
  return new Response(lines.join('\n'), { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};
