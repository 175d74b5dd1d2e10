/** A way out of the house. Each letter has one recipient, always: nobody learns who else was written to. */
export type Letter = {
  id: string;
  kind: 'mail' | 'sms';
  /** one mail address, or one phone number as +963… */
  to: string;
  /** empty for SMS */
  subject: string;
  text: string;
  /** the same words for programs that would show right-to-left text the wrong way round; null for SMS */
  html: string | null;
  /** address that ends all letters with one click; null for sign-in codes */
  stop: string | null;
  /** a code in the text that must not be seen by anybody but the recipient */
  secret: string | null;
};

/** `lasting`: trying again would change nothing. */
export type Delivery = { sent: true } | { sent: false; problem: 'unreachable' | 'refused' | 'bad-address'; lasting: boolean };

export type Channel = { via: 'smtp' | 'outbox' | 'gateway'; deliver(letter: Letter): Promise<Delivery> };
/** Further channels (Telegram, WhatsApp) are further values here. */
export type Channels = Record<Letter['kind'], Channel>;
