/** What the preview pictures of all pages have in common. */
import type { Preview } from '#platform/web/preview.ts';
import { icons, type IconName } from '#ui/icons.ts';
import type { Tone } from '#ui/types.ts';

/** The pages that have a picture of their own; every other page for all shows that of the site. */
const OWN = /^\/(n|commitments|bodies)\/[^/]+$|^\/orgs\/[A-Z]+-[\d-]+$/;
export const previewOf = (path: string): string => (OWN.test(path) ? `${path}/preview.jpg` : '/preview.jpg');

export const siteOf = ({ words, profile }: App.Locals): Pick<Preview, 'dir' | 'site' | 'of'> => ({
  dir: words.dir, site: words.t('site.name'), of: words.t('site.brand', { governorate: words.name(profile.governorateName) }),
});

export const stateMark = (look: { tone: Tone; icon: IconName }, words: string): NonNullable<Preview['state']> => ({ tone: look.tone, icon: icons[look.icon], words });

/** Kind and place, or whatever else says in two words what this is. */
export const noteOf = (...parts: string[]): string => parts.filter(Boolean).join(' · ');
