import { addressIn } from '#platform/i18n/languages.ts';
import { GRANTED_ROLES, needsBody, type GrantedRole } from '#features/people/model.ts';
import { firstAdministratorLink, inviteFromTerminal } from '#features/people/server/index.ts';
import { Refused } from '#kernel/refusal.ts';
import { addressOf } from '../house/address.ts';
import { openInstallation, TERMINAL, type Installation } from '../house/open.ts';
import { readOptions, setPlace, wrongUsage } from '../house/options.ts';

const usage = `abwab admin invite [--role administrator] [--body CODE] [--name NAME] [--print] [--json] [--data FOLDER]
  Prints a one-time sign-in link. It works once within 48 hours.
  --role   ${GRANTED_ROLES.join(', ')}
  --body   the code of a body, for officer and head`;
const options = {
  role: { type: 'string', default: 'administrator' }, body: { type: 'string' }, name: { type: 'string', default: 'مدير النظام' },
  print: { type: 'boolean' }, json: { type: 'boolean' }, data: { type: 'string' },
} as const;

export const admin = {
  summary: 'makes a one-time sign-in link for an administrator or another member of staff',
  usage,
  async run(args: string[]): Promise<number> {
    const { values, positionals } = readOptions(args, options, usage, 1);
    const role = GRANTED_ROLES.find((it) => it === values.role);
    if (positionals.join(' ') !== 'invite') wrongUsage('Say what to do: abwab admin invite', usage);
    if (!role) return wrongUsage(`«${values.role}» is no role.`, usage);
    if (needsBody(role) !== (values.body !== undefined)) wrongUsage(values.body ? `--body is not for ${role}.` : `--body is needed for ${role}.`, usage);
    setPlace({ data: values.data }, usage);
    const it = await openInstallation();
    try {
      return await invite(it, { role, name: values.name.slice(0, 120), body: values.body ?? null }, values.json ?? false);
    } finally {
      await it.close();
    }
  },
};

async function invite(it: Installation, input: { role: GrantedRole; name: string; body: string | null }, json: boolean): Promise<number> {
  try {
    const link = linkTo(addressOf(it.config), await it.house.act(TERMINAL, inviteFromTerminal, input));
    process.stdout.write(json ? `${JSON.stringify({ role: input.role, link, hours: 48 })}\n` : `${link}\n`);
    process.stderr.write(`Works once within 48 hours. Hand it over in person.\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    process.stderr.write(input.body ? `There is no body «${input.body}».\n` : `Refused: ${error.refusal.because}.\n`);
    return 1;
  }
}

const linkTo = (origin: string, token: string): string => origin + addressIn('ar', `/enter/${token}`);

/** The first administrator's way in, for `abwab start`; null when an administrator has signed in already. */
export async function firstAdministrator(it: Installation, origin: string): Promise<string | null> {
  const token = await it.house.act(TERMINAL, firstAdministratorLink, { name: 'مدير النظام' });
  return token && linkTo(origin, token);
}
