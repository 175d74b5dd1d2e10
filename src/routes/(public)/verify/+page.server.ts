import { foldDigits } from '#kernel/digits.ts';
import { makeReference, parseReference } from '#kernel/reference-number.ts';
import { Refused, refuse } from '#kernel/refusal.ts';
import { answersOf } from '#features/answers/server/index.ts';
import { commitmentsOf, isPublicCommitment, showCommitment } from '#features/commitments/server/index.ts';
import { showEntry } from '#features/intake/server/index.ts';
import { recordLine, recordLinesOf } from '#features/record/server/index.ts';
import type { RecordLine } from '#features/record/views.ts';
import { form, type Fields } from '#platform/web/form.ts';
import { judgeReceipt, publishedLog, keysOf } from '#platform/web/log-files.ts';
import { judged, oneLine, shownLines } from '../../lines.ts';
import type { Actions, PageServerLoad } from './$types';

const LONGEST_RECEIPT = 20_000;
const EXAMPLE = 1004;
const AHEAD = 500;

/** `?q=` is what somebody typed, a number in any digits; `?line=` is where histories link to. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const published = await publishedLog().catch(() => null);
  const here = { keys: published ? keysOf(published) : [], seal: published?.checkpoint.note ?? null };
  const line = lineOf(url.searchParams.get('line') ?? '');
  const q = (url.searchParams.get('q') ?? '').slice(0, 60).trim();
  const example = makeReference(locals.profile.prefix, EXAMPLE);
  if (line !== null) return { here, q: '', example, problem: null, asked: await oneLine(locals, line) };
  if (!url.searchParams.has('q')) return { here, q, example, problem: null, asked: null };
  const asked = q === '' ? null : ((await byNumber(locals, q)) ?? (await byLine(locals, q)));
  return { here, q, example, problem: asked ? null : q === '' ? 'required' : 'not-found', asked };
};

export const actions: Actions = {
  receipt: form(async ({ locals }, fields) => {
    const judgement = await judgeReceipt(await receiptIn(fields));
    if (!judgement.holds) return { judgement, line: null };
    const stored = await locals.ask(recordLine, judgement.index);
    // The receipt may know a line that the database lost: then its own words are shown.
    const line: RecordLine = stored?.leaf === judgement.entry ? stored : { id: '', index: judgement.index, leaf: judgement.entry, content: 'none' };
    const [shown] = await shownLines(locals, [line], stored ? judgement.index + 1 : 0);
    return { judgement, line: shown ?? null };
  }),
};

async function receiptIn({ values, files }: Fields): Promise<string> {
  const file = files.file?.[0];
  if ((file?.size ?? values.text?.length ?? 0) > LONGEST_RECEIPT) return refuse({ because: 'invalid', fields: { text: 'too-long' } });
  const text = file ? await file.text() : (values.text ?? '');
  return text.trim() === '' ? refuse({ because: 'invalid', fields: { text: 'required' } }) : text;
}

const lineOf = (text: string): number | null => {
  const folded = foldDigits(text).trim();
  // Thousands may be set apart; what stands in groups of other lengths is another number.
  const digits = /^\d{1,3}([\s,.٬،]\d{3})+$/.test(folded) ? folded.replace(/\D/g, '') : folded;
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
};

async function byLine(locals: App.Locals, q: string) {
  const index = lineOf(q);
  // What is a moment away may be asked for; what is far beyond the end is no line.
  return index === null || index > ((await publishedLog().catch(() => null))?.checkpoint.size ?? 0) + AHEAD ? null : oneLine(locals, index);
}

/** Everything public about a number: the matter itself, its answers and its commitments. */
async function byNumber(locals: App.Locals, q: string) {
  const number = parseReference(q, locals.profile.prefix);
  const subjects = number && (await subjectsOf(locals, number));
  return subjects ? judged(locals, await locals.ask(recordLinesOf, subjects), { number, index: null }) : null;
}

async function subjectsOf(locals: App.Locals, number: string): Promise<string[] | null> {
  try {
    if (await locals.ask(isPublicCommitment, number)) return [(await locals.ask(showCommitment, number)).id];
    const entry = await locals.ask(showEntry, { number });
    const commitments = await locals.ask(commitmentsOf, { subjectIds: [entry.id], publicOnly: true });
    const answers = await locals.ask(answersOf, { entryIds: [entry.id], publicOnly: true });
    return [entry.id, ...[...commitments, ...answers].map((it) => it.id)];
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}
