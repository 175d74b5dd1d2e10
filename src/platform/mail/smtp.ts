/** Mail by SMTP: no pictures, nothing that tells whether it was opened. */
import { createTransport } from 'nodemailer';
import type { Channel, Delivery, Letter } from './channel.ts';

// Commas, brackets and line breaks would make several recipients, or headers, of one address.
const ONE_ADDRESS = /^[^\s@<>"',;:()[\]\\]{1,64}@[^\s@<>"',;:()[\]\\]{1,189}$/;
const SECONDS = 1000;

export function openSmtp(url: string, from: string): Channel {
  const transport = createTransport({
    url, connectionTimeout: 15 * SECONDS, greetingTimeout: 15 * SECONDS, socketTimeout: 30 * SECONDS, disableFileAccess: true, disableUrlAccess: true,
  });
  const host = from.split('@').at(-1)!.replace(/>$/, '');
  return {
    via: 'smtp',
    async deliver(letter) {
      if (!ONE_ADDRESS.test(letter.to)) return { sent: false, problem: 'bad-address', lasting: true };
      try {
        await transport.sendMail(message(letter, from, host));
        return { sent: true };
      } catch (error) {
        return problemOf(error as { responseCode?: number });
      }
    },
  };
}

function message(letter: Letter, from: string, host: string) {
  return {
    from, to: { name: '', address: letter.to }, subject: letter.subject.replace(/\s+/g, ' '), text: letter.text, ...(letter.html ? { html: letter.html } : {}),
    // Arabic in base64: lines of words keep their length, and no server on the way breaks them.
    textEncoding: 'base64' as const,
    // The same letter sent twice after a broken connection is recognised by its number.
    messageId: `<${letter.id}@${host}>`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      ...(letter.stop ? { 'List-Unsubscribe': `<${letter.stop}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
    },
  };
}

/** An answer in the five hundreds is final, one in the four hundreds asks to come back, none means that nobody is there. */
function problemOf(error: { responseCode?: number }): Delivery {
  const code = error.responseCode ?? 0;
  return { sent: false, problem: code === 0 ? 'unreachable' : 'refused', lasting: code >= 500 };
}
