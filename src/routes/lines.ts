/** Lines of the record for pages: what their leaves say, with the public page of the thing that each is about. */
import { answeredEntries } from '#features/answers/server/index.ts';
import { commitmentTitles } from '#features/commitments/server/index.ts';
import { entryTitles } from '#features/intake/server/index.ts';
import { commentedThings } from '#features/comments/server/index.ts';
import { organisationTitles } from '#features/organisations/server/index.ts';
import { readLeaf, type LeafInput } from '#features/record/leaf.ts';
import { recordLine } from '#features/record/server/index.ts';
import type { AskedLines, RecordLine, ShownLine } from '#features/record/views.ts';
import { judgeEntry } from '#platform/web/log-files.ts';

/** Leaves that cannot be read are left out: whoever compares them with the published ones says so. */
export async function shownLines(locals: App.Locals, lines: readonly RecordLine[], publishedSize: number): Promise<ShownLine[]> {
  const read = lines.flatMap((line) => {
    const act = readLeaf(line.leaf);
    return act ? [{ line, act }] : [];
  });
  const pageOf = await pagesOf(locals, read.map((it) => it.act.subject));
  return read.map(({ line, act }) => ({
    index: line.index, content: line.content, published: line.index !== null && line.index < publishedSize, thing: pageOf(act.subject),
    act: { id: act.id, kind: act.kind, role: act.role, at: act.at, subjectKind: act.subject.kind },
  }));
}

async function pagesOf(locals: App.Locals, subjects: readonly LeafInput['subject'][]): Promise<(subject: LeafInput['subject']) => ShownLine['thing']> {
  const idsOf = (kind: string) => [...new Set(subjects.filter((it) => it.kind === kind).map((it) => it.id))];
  const answers = await locals.ask(answeredEntries, idsOf('answer'));
  const entries = await locals.ask(entryTitles, [...new Set([...idsOf('entry'), ...answers.values()])]);
  const commitments = await locals.ask(commitmentTitles, idsOf('commitment'));
  const comments = await locals.ask(commentedThings, idsOf('comment'));
  const organisations = await locals.ask(organisationTitles, idsOf('organisation'));
  return ({ kind, id }) => {
    const on = kind === 'comment' ? comments.get(id) : undefined;
    if (on) return on;
    const found = kind === 'entry' ? entries.get(id) : kind === 'answer' ? entries.get(answers.get(id) ?? '') : kind === 'commitment' ? commitments.get(id) : kind === 'organisation' ? organisations.get(id) : undefined;
    if (!found) return null;
    return { number: found.number, path: kind === 'commitment' ? `/commitments/${found.number}` : kind === 'organisation' ? `/orgs/${found.number}` : `/n/${found.number}${kind === 'answer' ? '#answer' : ''}` };
  };
}

/** What is known of one line, and whether it stands in the published record. */
export async function oneLine(locals: App.Locals, index: number) {
  const line = await locals.ask(recordLine, index);
  return judged(locals, line ? [line] : [], { number: null, index });
}

/** Whether lines stand in the published record as they are stored, and what is wrong with those that do not. */
export async function judged(locals: App.Locals, lines: readonly RecordLine[], about: Pick<AskedLines, 'number' | 'index'>): Promise<AskedLines> {
  const judgements = await Promise.all(lines.map(async (line) => (line.index === null ? { holds: false as const, why: 'not-published' as const } : judgeEntry(line.index, line.leaf))));
  const published = Math.max(0, ...judgements.map((it) => (it.holds ? it.size : 0)));
  const why = judgements.flatMap((it) => (it.holds ? [] : [it.why]));
  return {
    ...about, lines: await shownLines(locals, lines, published), count: lines.length,
    waiting: why.filter((it) => it === 'not-published').length,
    /** the first reason that is more than waiting */
    wrong: why.find((it) => it !== 'not-published') ?? null, wrongCount: why.filter((it) => it !== 'not-published').length,
  };
}
