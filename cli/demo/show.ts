/** What `--demo` does at the start: loads the content once, and says how to enter. */
import { addressIn } from '#platform/i18n/languages.ts';
import { startOf } from '#features/people/demo.ts';
import { demoLinks } from '#features/people/server/index.ts';
import { TERMINAL, type Installation } from '../house/open.ts';
import { say, seconds } from '../house/say.ts';
import { readDemo } from './content.ts';
import { loadDemo } from './load.ts';

/** Refused with a sentence where people live already: invented content never mixes with theirs. */
export async function showDemonstration(it: Installation): Promise<void> {
  const content = readDemo(it.profile.folder);
  if (!content) throw new Error(`The profile «${it.profile.code}» has no demonstration content. Start without --demo.`);
  const began = Date.now();
  const loaded = await it.house.act(TERMINAL, loadDemo, content);
  if (loaded === 'inhabited') throw new Error('This data folder holds a real installation, and demonstration content is not mixed with it. Choose another: npm start -- --demo --data FOLDER');
  if (loaded === 'loaded') say(`demonstration content loaded (${seconds(began)})`);
  it.config.demo = true;
}

/** One line a role; the page has everybody's. */
export async function demonstrationLinks(it: Installation, origin: string): Promise<string[]> {
  const links = await it.house.ask(TERMINAL, demoLinks, undefined);
  const first = new Map(links.map((link) => [link.roles[0]?.role ?? 'resident', link] as const).reverse());
  const lines = [...first].reverse().map(([role, { token, roles }]) =>
    `  ${role.padEnd(14)} ${origin}${addressIn('ar', `/enter/${token}`)}?next=${encodeURIComponent(startOf(roles[0]?.role ?? null))}`);
  return ['Demonstration: one way in for each role; these links work as often as you like.', ...lines, `  ${'all'.padEnd(14)} ${origin}/demo`];
}
