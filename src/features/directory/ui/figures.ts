import type { IconName } from '#ui/icons.ts';
import type { Tone } from '#ui/types.ts';

/** A figure of a track record as a row: what it counts, how many, and where they are listed. */
export type FigureRow = { label: string; count: number; tone: Tone; icon: IconName; more?: string | undefined; href?: string };

/** The icons of rows and cards, for the page's sprite. */
export const FIGURE_ICONS: IconName[] = ['door-done', 'door-ajar', 'door-open', 'door-late', 'door-closed', 'warning'];
