/** What a device needs to print receipts by itself for a week: numbers with their codes, and its days in the words of each language. */
import { LANGS } from '#platform/i18n/languages.ts';
import { words } from '#platform/i18n/words.ts';
import { drawQr } from '#platform/web/qr.ts';
import { reserveNumbers } from '#features/desk/server/index.ts';

export async function blockFor(locals: App.Locals) {
  const block = await locals.act(reserveNumbers, undefined);
  const readers = LANGS.map((lang) => words(lang, locals.look.digits, locals.profile.zone));
  const inAll = (say: (w: (typeof readers)[number]) => string) => Object.fromEntries(readers.map((w) => [w.lang, say(w)]));
  return {
    id: block.id, publicKey: block.publicKey, expiresAt: block.expiresAt, paper: block.paper, zone: locals.profile.zone, at: inAll((w) => w.t('desk.slip.at', { desk: w.name(block.desk) })),
    numbers: block.numbers.map((number) => ({ number, qr: drawQr(`${locals.origin}/n/${number}`) })),
    days: block.days.map(({ day, due }) => ({ day, said: inAll((w) => w.date(day)), due: due === null ? {} : inAll((w) => w.date(due)) })),
  };
}
