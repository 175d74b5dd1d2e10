/** Programs that are told of public acts. Pure. */

/** The first words of acts; whoever chooses none hears of all. */
export const TOPICS = ['entry', 'answer', 'commitment', 'organisation', 'comment', 'body', 'place', 'calendar', 'site'] as const;
export type Topic = (typeof TOPICS)[number];

export const DELIVERY_STATES = ['waiting', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];
export const PROBLEMS = ['no-address', 'own-network', 'unreachable', 'too-slow', 'refused', 'redirected', 'gone'] as const;
export type Problem = (typeof PROBLEMS)[number];
export const SECRET_MARK = 'whsec_';
