/** Clerks at desks, and a device that writes as a browser does while it waits. */
import { addHearing, printSheets, reserveNumbers, sheetsToPrint, sitDown, typeInSheet, type Visitor } from '#features/desk/server/index.ts';
import type { DeviceBlock } from '#features/desk/views.ts';
import type { WaitingInput } from '#features/desk/input.ts';
import { localDate } from '#kernel/working-days.ts';
import type { World } from './world.ts';

/** `at`: the code of a body, or its place among all. */
export async function clerkAt(given: World, at: string | number = 0) {
  const [body] = await given.sql<{ id: string; code: string }>(`select id, code from bodies where active and ($1::text is null or code = $1) order by code offset $2 limit 1`, typeof at === 'string' ? [at, 0] : [null, at]);
  const clerk = await given.person([{ role: 'clerk' }]);
  await given.as(clerk).act(sitDown, { body: body!.code, paper: 'a5' });
  return { ...clerk, bodyId: body!.id, code: body!.code };
}

export function visitorOf(more: Partial<Visitor> = {}): Visitor {
  return {
    once: crypto.randomUUID(), kind: 'need', title: 'شارع المدرسة بلا إنارة', text: 'الأعمدة قائمة والمصابيح مكسورة منذ الشتاء.', place: '', placeWords: 'قرب المدرسة', sectors: [], served: '',
    contact: '', held: '', name: '', named: '', consent: '', language: 'ar', ...more,
  } as Visitor;
}

export const KEY = '12345678901234567890';

/** What static/counter.js does: sealed for the server with a key that is used once, bound to the number. */
export async function sealedBy(block: Pick<DeviceBlock, 'publicKey'>, number: string, value: unknown): Promise<string> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const server = await crypto.subtle.importKey('spki', Buffer.from(block.publicKey, 'base64'), { name: 'ECDH', namedCurve: 'P-256' }, false, []);
  const own = (await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits'])) as CryptoKeyPair;
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', own.publicKey));
  const shared = await crypto.subtle.importKey('raw', await crypto.subtle.deriveBits({ name: 'ECDH', public: server }, own.privateKey, 256), 'HKDF', false, ['deriveKey']);
  const key = await crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: point, info: bytes('abwab counter') }, shared, { name: 'AES-GCM', length: 256 }, false, ['encrypt']);
  const text = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: new Uint8Array(12), additionalData: bytes(number) }, key, bytes(JSON.stringify(value)));
  return Buffer.concat([point, new Uint8Array(text)]).toString('base64');
}

export async function waitingOf(block: DeviceBlock, number: string, more: { values?: Record<string, unknown>; once?: string; takenAt?: string; key?: string; by?: string | undefined } = {}): Promise<WaitingInput> {
  const values = { kind: 'need', title: 'حاوية القمامة ممتلئة', text: 'لا تُفرغ منذ أسبوع أمام الفرن.', placeQuery: 'قرب الفرن', language: 'ar', ...more.values };
  const sealed = await sealedBy(block, number, { key: more.key ?? KEY, by: more.by, values });
  return { once: (more.once ?? crypto.randomUUID()) as never, block: block.id as never, number, takenAt: more.takenAt ?? '2026-11-24T09:05:00Z', sealed };
}

/** What a desk has in its hands: something that waits on a device, blank sheets, one that was typed in, a hearing. */
export async function deskWork(given: World, code: string) {
  const clerk = await clerkAt(given, code);
  const who = given.as(clerk);
  const [sheets, hearing] = [crypto.randomUUID(), crypto.randomUUID()];
  const block = await who.act(reserveNumbers, undefined);
  await who.act(printSheets, { once: sheets, count: 3, language: 'ar' });
  const { sheets: blank } = await who.ask(sheetsToPrint, sheets);
  const today = localDate(given.clock.now(), given.profile.zone);
  const visitor = visitorOf({ title: 'رصيف السوق محفور' });
  await who.act(typeInSheet, { visitor, sheet: blank[0]!.number, received: today, files: [] });
  await who.act(addHearing, { once: hearing, title: 'جلسة أهالي الحيّ', received: today, placeWords: 'القاعة', attended: 30 });
  const waiting = await waitingOf(block, block.numbers[0]!, { takenAt: given.clock.now().toISOString() });
  return { clerk, block, waiting, sheets, blank: blank[1]!.number, hearing, today, once: visitor.once };
}
