import type { Generated } from 'kysely';
import type { DeliveryState, Problem } from '../model.ts';

export type WebhooksTables = {
  hooks: { id: string; name: string; url: string; secretSealed: Buffer; topics: string[]; madeAt: Date; madeBy: string; endedAt: Date | null; endedBy: string | null };
  hookDeliveries: { id: Generated<string>; hookId: string; actId: string; state: Generated<DeliveryState>; attempts: Generated<number>; nextAt: Date; heldUntil: Date | null; madeAt: Date; settledAt: Date | null };
  hookAttempts: { deliveryId: string; number: number; at: Date; status: number | null; problem: Problem | null; milliseconds: number };
};
