import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { Letter } from './channel.ts';
import { openSmtp } from './smtp.ts';

type Answers = Partial<Record<'greeting' | 'MAIL' | 'RCPT' | 'DATA' | 'end', string>>;

const open: (() => void)[] = [];
afterEach(() => { for (const close of open.splice(0)) close(); });

/** A mail server of a few lines, which keeps what it is told and answers as it is told to. */
async function mailServer(answers: Answers = {}): Promise<{ url: string; mails: string[]; commands: string[] }> {
  const mails: string[] = [];
  const commands: string[] = [];
  const server = createServer((socket) => talk(socket, answers, mails, commands));
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  open.push(() => server.close());
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, mails, commands };
}

function talk(socket: Socket, answers: Answers, mails: string[], commands: string[]): void {
  let mail: string[] | null = null;
  let rest = '';
  const say = (line: string) => socket.write(`${line}\r\n`);
  say(answers.greeting ?? '220 test');
  socket.on('error', () => socket.destroy());
  socket.on('data', (part) => {
    const lines = (rest + part.toString('latin1')).split('\r\n');
    rest = lines.pop()!;
    for (const line of lines) hear(line);
  });
  function hear(line: string): void {
    if (mail) {
      if (line !== '.') return void mail.push(line);
      mails.push(mail.join('\n'));
      mail = null;
      return void say(answers.end ?? '250 taken');
    }
    commands.push(line);
    const word = line.split(/[ :]/)[0]!.toUpperCase();
    if (word === 'QUIT') return void socket.end('221 bye\r\n');
    const answer = answers[word as keyof Answers] ?? (word === 'DATA' ? '354 go on' : '250 well');
    if (word === 'DATA' && answer.startsWith('354')) mail = [];
    say(answer);
  }
}

const letter = (more: Partial<Letter> = {}): Letter => ({
  id: '0198c0de-0000-7000-8000-000000000001', kind: 'mail', to: 'salma@example.org', subject: 'صدر الردّ على HLB-4827-70', text: 'نشرت الجهة ردّها.\nhttps://abwab.example/n/HLB-4827-70',
  html: '<!doctype html><html lang="ar-SY" dir="rtl"><body dir="rtl"><p>نشرت الجهة ردّها.</p></body></html>', stop: 'https://abwab.example/stop/token', secret: null, ...more,
});
const FROM = 'أبواب <abwab@abwab.example>';
const header = (mail: string, name: string) => new RegExp(`^${name}: ((?:.|\\n[ \\t])*)`, 'mi').exec(mail.split('\n\n')[0]!)?.[1]?.replace(/\n[ \t]/g, ' ');
const decoded = (words: string) => words.replace(/\?=\s+=\?/g, '?==?').replace(/=\?utf-8\?([bq])\?(.*?)\?=/gi, (_, kind: string, text: string) => (kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64').toString('latin1')
  : text.replaceAll('_', ' ').replace(/=([0-9A-F]{2})/gi, (__, hex: string) => String.fromCharCode(parseInt(hex, 16)))));
const utf8 = (latin: string) => Buffer.from(latin, 'latin1').toString('utf8');
const bodies = (mail: string) => [...mail.matchAll(/Content-Type: (text\/\w+); charset=utf-8\nContent-Transfer-Encoding: base64\n\n([\w+/=\n]+)/gi)].map(([, type, body]) => [type, Buffer.from(body!, 'base64').toString('utf8').trim()]);

test('a real server gets the letter: one recipient, an Arabic subject that is read back, text and its right-to-left twin', async () => {
  const { url, mails, commands } = await mailServer();
  expect(await openSmtp(url, FROM).deliver(letter())).toEqual({ sent: true });
  expect(commands.filter((line) => line.startsWith('RCPT'))).toEqual(['RCPT TO:<salma@example.org>']);
  const mail = mails[0]!;
  expect(mail).toMatch(/^[\x00-\x7f]*$/);
  expect(utf8(decoded(header(mail, 'Subject')!))).toBe('صدر الردّ على HLB-4827-70');
  expect(bodies(mail)).toEqual([['text/plain', letter().text], ['text/html', letter().html]]);
  expect(header(mail, 'Auto-Submitted')).toBe('auto-generated');
});

test('one click ends all letters: the two headers of RFC 8058, and none of them on a sign-in code', async () => {
  const { url, mails } = await mailServer();
  await openSmtp(url, FROM).deliver(letter());
  await openSmtp(url, FROM).deliver(letter({ stop: null, html: null }));
  expect(header(mails[0]!, 'List-Unsubscribe')).toBe('<https://abwab.example/stop/token>');
  expect(header(mails[0]!, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
  expect(mails[1]).not.toMatch(/List-Unsubscribe/i);
});

test('the same letter sent again is known by its number', async () => {
  const { url, mails } = await mailServer();
  for (let n = 0; n < 2; n++) await openSmtp(url, FROM).deliver(letter());
  expect(new Set(mails.map((mail) => header(mail, 'Message-ID')))).toEqual(new Set(['<0198c0de-0000-7000-8000-000000000001@abwab.example>']));
});

test('a server that says «never» is believed, one that says «later» or nothing is tried again', async () => {
  const answered = async (answers: Answers) => openSmtp((await mailServer(answers)).url, FROM).deliver(letter());
  expect(await answered({ RCPT: '550 no such user' })).toEqual({ sent: false, problem: 'refused', lasting: true });
  expect(await answered({ RCPT: '451 come back later' })).toEqual({ sent: false, problem: 'refused', lasting: false });
  expect(await answered({ end: '452 disk full' })).toEqual({ sent: false, problem: 'refused', lasting: false });
  expect(await answered({ greeting: '421 too busy' })).toMatchObject({ sent: false, lasting: false });
  expect(await openSmtp('smtp://127.0.0.1:1', FROM).deliver(letter())).toEqual({ sent: false, problem: 'unreachable', lasting: false });
});

test('an address that would be several, or a header, is never handed to a server', async () => {
  const { url, mails } = await mailServer();
  for (const to of ['a@example.org, b@example.org', 'a@example.org\r\nBcc: b@example.org', 'a@example.org>', '<a@example.org', 'a b@example.org', 'nobody', '']) {
    expect(await openSmtp(url, FROM).deliver(letter({ to }))).toEqual({ sent: false, problem: 'bad-address', lasting: true });
  }
  await openSmtp(url, FROM).deliver(letter({ subject: 'نصّ\r\nBcc: b@example.org' }));
  expect(mails).toHaveLength(1);
  expect(mails[0]!.split('\n\n')[0]).not.toMatch(/^Bcc/im);
});
