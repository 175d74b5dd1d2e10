/** The thing that a commitment comes from, as far as anybody may see it. Each room that makes promises says here how it is found. */
import type { SourceKind } from '#features/commitments/model.ts';
import { entryTitles } from '#features/intake/server/index.ts';

export type Origin = { path: string; title: string; number: string };

const FINDERS: Partial<Record<SourceKind, (locals: App.Locals, subjectId: string) => Promise<Origin | null>>> = {
  answer: async (locals, id) => {
    const found = (await locals.ask(entryTitles, [id])).get(id);
    return found ? { path: `/n/${found.number}`, ...found } : null;
  },
};

export async function originOf(locals: App.Locals, it: { source: SourceKind; subjectId: string }): Promise<Origin | null> {
  return (await FINDERS[it.source]?.(locals, it.subjectId)) ?? null;
}
