import { answerPreview } from '#platform/web/preview.ts';
import { siteOf } from '../../preview.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, request }) => {
  const { words, profile } = locals;
  const title = words.t('home.title', { place: words.name(profile.name) }).replaceAll('*', '');
  return answerPreview(request, locals.actor, { ...siteOf(locals), title });
};
