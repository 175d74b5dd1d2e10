/** Letters leave the house here, outside any transaction. */
import type { Channel, Channels } from '#platform/mail/channel.ts';
import { openGateway, type Gateway } from '#platform/sms/gateway.ts';
import { openSmtp } from '#platform/mail/smtp.ts';
import type { House, Who } from '../../context.ts';
import type { Lang } from '#platform/i18n/languages.ts';
import { claimLetter, layInOutbox, settleLetter } from './claim-letter.ts';
import { writeMail, writeSms, type Texts } from './letter.ts';

const MOST_AT_ONCE = 100;

/** What people's door gives once for a code that was asked for. */
export type CodeToSend = { contactKind: 'mail' | 'phone'; contact: string; code: string; language: Lang; /** a code to follow without an account; else one to sign in */ template?: 'optin' };

type Settings = { smtpUrl: string | null; mailFrom: string; sms: Gateway | null; demo: boolean };

/** Mail by SMTP when a server is named, SMS by a gateway when there is one; everything else is laid in the outbox. */
export function openChannels(house: House, who: Who, settings: Settings): Channels {
  const outbox: Channel = {
    via: 'outbox',
    async deliver(letter) {
      await house.act(who, layInOutbox, { letter, demo: settings.demo });
      return { sent: true };
    },
  };
  return { mail: settings.smtpUrl ? openSmtp(settings.smtpUrl, settings.mailFrom) : outbox, sms: settings.sms ? openGateway(settings.sms) : outbox };
}

/** Sends what is due, letter by letter; returns how many were tried. */
export async function deliverDue(house: House, who: Who, channels: Channels, origin: string): Promise<number> {
  for (let count = 0; count < MOST_AT_ONCE; count++) {
    const claimed = await house.act(who, claimLetter, { origin });
    if (!claimed) return count;
    if (claimed === 'nobody') continue;
    const channel = channels[claimed.letter.kind];
    const delivery = await channel.deliver(claimed.letter);
    await house.act(who, settleLetter, { claimed, via: channel.via, delivery });
  }
  return MOST_AT_ONCE;
}

/** Sends a code at any hour, without a way to stop it. Throws when it did not leave, so that the queue tries again. */
export async function sendCode(channels: Channels, id: string, it: CodeToSend, zone: string, texts: Texts = new Map()): Promise<void> {
  const piece = { template: it.template ?? ('code' as const), values: { code: it.code }, title: null };
  const where = { origin: '', zone, texts };
  const written = it.contactKind === 'mail' ? writeMail([piece], it.language, where, null) : { subject: '', text: writeSms(piece, it.language, where), html: null };
  const kind = it.contactKind === 'mail' ? 'mail' : 'sms';
  const delivery = await channels[kind].deliver({ id, kind, to: it.contact, ...written, stop: null, secret: it.code });
  if (!delivery.sent && !delivery.lasting) throw new Error(`a code did not leave: ${delivery.problem}`);
}
