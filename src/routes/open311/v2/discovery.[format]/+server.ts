import { preflight } from '#platform/web/api.ts';
import type { RequestHandler } from './$types';
import { open311 } from '../answer.ts';

/** When the form of what is said here changed last. */
const CHANGESET = '2026-11-25T00:00:00Z';

export const GET: RequestHandler = open311(async ({ locals }) => {
  const { phone, email } = locals.profile.contacts;
  return {
    root: 'discovery',
    value: {
      changeset: CHANGESET, contact: [locals.words.name(locals.profile.governorateName), phone, email, locals.origin].filter(Boolean).join(' · '), key_service: `${locals.origin}${locals.words.href('/api')}#keys`,
      endpoints: [{ specification: 'http://wiki.open311.org/GeoReport_v2', url: `${locals.origin}/open311/v2`, changeset: CHANGESET, type: locals.demo ? 'test' : 'production', formats: ['text/xml', 'application/json'] }],
    },
  };
});
export const OPTIONS: RequestHandler = () => preflight();
