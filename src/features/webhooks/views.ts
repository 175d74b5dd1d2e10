/** What goes out about programs that are told, to administrators alone; and what the programs are told. */
import type { DeliveryState, Problem } from './model.ts';

export type HookView = { id: string; name: string; url: string; topics: string[]; madeAt: Date; madeBy: string; endedAt: Date | null; waiting: number; failed: number; lastDelivered: Date | null };
export type AttemptView = { number: number; at: Date; status: number | null; problem: Problem | null; milliseconds: number };
export type DeliveryView = { id: string; kind: string; number: string | null; state: DeliveryState; madeAt: Date; nextAt: Date | null; attempts: AttemptView[] };
export type HookPage = { hook: HookView; deliveries: DeliveryView[] };

/** The body of a message: one public act, in codes, with the address of what it happened to. */
export type Message = {
  type: string;
  timestamp: string;
  data: { act: string; role: string; body: string | null; subject: { kind: string; number: string | null; url: string | null; api: string | null }; detail: object; recordIndex: number | null };
};
