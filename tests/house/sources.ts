/** The project's own text, for tests that read it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const HOME = join(import.meta.dirname, '../..');

export type Source = { path: string; text: string };

/** Files below `folder` (relative to the project) whose path matches, with their text, in order. */
export function sources(folder: string, matching: RegExp, except?: RegExp): Source[] {
  return readdirSync(join(HOME, folder), { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => join(it.parentPath, it.name).slice(HOME.length + 1))
    .filter((path) => matching.test(path) && !except?.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(HOME, path), 'utf8') }));
}

export const featureNames = (): string[] =>
  readdirSync(join(HOME, 'src/features'), { withFileTypes: true }).filter((it) => it.isDirectory()).map((it) => it.name).sort();

/** Every match with the place where a reader finds it: `src/x.ts:12 the line`. */
export function places(all: readonly Source[], pattern: RegExp): string[] {
  return all.flatMap(({ path, text }) => text.split('\n').flatMap((line, at) => (pattern.test(line) ? [`${path}:${at + 1} ${line.trim().slice(0, 120)}`] : [])));
}
