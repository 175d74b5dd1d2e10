/** The door of webhooks. */
export { addHook, endHook, hookList, hookPage, retryDelivery } from './keep-hooks.ts';
export { claimDelivery, forgetDeliveries, settleDelivery, signatureOf } from './tell.ts';
