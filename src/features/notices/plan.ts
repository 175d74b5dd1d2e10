/** Which acts are news, for whom, and in which words. */
import type { Audience, Template } from './model.ts';

export type Plan = { template: Template; audiences: readonly Audience[]; urgent: boolean };

const at = (template: Template, ...audiences: Audience[]): Plan => ({ template, audiences, urgent: false });
/** Somebody waits for an answer: no rhythm and no pause holds it back. */
const now = (template: Template, ...audiences: Audience[]): Plan => ({ template, audiences, urgent: true });

const PLANS: Record<string, Plan | readonly Plan[]> = {
  'entry.received': now('received', 'sender'),
  'entry.asked-back': now('question', 'sender'),
  'entry.published': [at('published', 'sender'), at('topic', 'subscribers')],
  'entry.extended': at('extended', 'followers'),
  'entry.joined': at('joined', 'followers'),
  'entry.assigned': at('assigned', 'officers'),
  'entry.referred': at('assigned', 'officers'),
  'entry.escalated': now('escalated', 'ladder'),
  'answer.sent': now('approval', 'heads'),
  'answer.returned': now('returned', 'officers'),
  'answer.published': at('answered', 'followers', 'subscribers'),
  'answer.corrected': at('corrected', 'followers'),
  'commitment.opened': at('promised', 'followers', 'subscribers'),
  'commitment.renegotiated': at('moved', 'followers'),
  'commitment.done': now('confirm', 'voices'),
  'commitment.confirmed': at('confirmed', 'followers', 'subscribers'),
  'commitment.disputed': at('disputed', 'followers', 'body'),
  'commitment.broken': at('broken', 'followers', 'subscribers'),
  'commitment.escalated': now('escalated', 'ladder'),
  'comment.published': at('shown', 'author'),
  'comment.removed': now('removed', 'author'),
  'comment.refused': now('removed', 'author'),
  'comment.restored': now('restored', 'author'),
  'comment.upheld': now('upheld', 'author'),
  'comment.replied': at('replied', 'answered'),
  'organisation.returned': now('org-returned', 'members'),
  'organisation.verified': at('org-verified', 'members'),
  'organisation.renewed': at('org-verified', 'members'),
  'organisation.refused': now('org-refused', 'members'),
  'organisation.suspended': now('org-suspended', 'members'),
  'organisation.reinstated': at('org-reinstated', 'members'),
  'organisation.upheld': now('org-upheld', 'members'),
  'organisation.part-named': at('org-part', 'speakers'),
  'organisation.submitted': at('org-waits', 'registry'),
  'organisation.renewal-asked': at('org-waits', 'registry'),
  'organisation.objected': at('org-waits', 'registry'),
  'organisation.decision-proposed': at('org-second', 'seconds'),
  'role.granted': now('role', 'administrators'),
};

/** What is due within days; like the next two, news that no act brings. */
export const SOON: Plan = at('soon', 'officers');

/** An organisation’s licence or verification that ends: told to those who can do something about it. */
export const ENDING: Plan = at('org-ending', 'members', 'registry');

/** Comments that wait for a moderator, told once a day. */
export const MODERATE: Plan = at('moderate', 'officers');

export const NEWS_KINDS: readonly string[] = Object.keys(PLANS);
export const plansOf = (kind: string): readonly Plan[] => [PLANS[kind] ?? []].flat() as readonly Plan[];
