import { error } from '@sveltejs/kit';
import { secondFactorFirst } from '#platform/web/guard.ts';
import { mayOversee } from '#features/upkeep/access.ts';
import { RULE_NAMES, RULES } from '#features/upkeep/model.ts';
import { unusualActs } from '#features/upkeep/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  secondFactorFirst(locals, url);
  if (!mayOversee(locals.actor)) error(403, 'not-allowed');
  return { found: await locals.ask(unusualActs, undefined), rules: RULE_NAMES.map((name) => ({ name, ...RULES[name] })) };
};
