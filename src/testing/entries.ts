/** Builders of entries: submitted through the door, moved on by the use cases that people use. */
import type { BodyId } from '#kernel/ids.ts';
import { approveAnswer, publishDue, saveDraft, sendAnswer } from '#features/answers/server/index.ts';
import type { Receipt } from '#features/intake/views.ts';
import type { DraftInput } from '#features/answers/input.ts';
import { submitEntry, triageEntry, type Submission } from '#features/intake/server/index.ts';
import { SYSTEM, VISITOR, type TestPerson, type World } from './world.ts';

export type Taken = Receipt & { key: string };

export function submissionOf(more: Partial<Submission> = {}): Submission {
  return {
    once: crypto.randomUUID(), kind: 'need', title: 'الشارع بلا إنارة', text: 'المصابيح مكسورة منذ الشتاء والطريق مظلم.', language: 'ar', place: '', placeWords: 'قرب المدرسة', point: '',
    sectors: [], served: '', servedCount: null, contact: '', name: '', named: false, channel: 'web', ...more,
  };
}

const ANSWER: DraftInput = {
  outcome: 'accepted', summary: 'سنركّب الأعمدة هذا الشتاء', reason: 'راجعنا الشارع ووجدنا الأعمدة جاهزة للتركيب.', referredTo: '', version: 0,
  promises: [{ what: 'تركيب ستة أعمدة في الشارع', who: 'ورشة الإنارة', due: '2027-03-01' as never }],
};

/** A governor's office and a body with an officer and a head, and the steps that they take. */
export async function office(given: World, code?: string) {
  const id = await given.body(code);
  const [body] = await given.sql<{ code: string }>('select code from bodies where id = $1', [id]);
  const coordinator = await given.person([{ role: 'coordinator' }]);
  const officer = await given.person([{ role: 'officer', body: id }]);
  const head = await given.person([{ role: 'head', body: id }]);

  const submit = async (more: Partial<Submission> = {}, by?: TestPerson): Promise<Taken> => (await given.as(by ?? VISITOR).act(submitEntry, submissionOf(more))) as Taken;
  const triage = (number: string, more: object = {}) => given.as(coordinator).act(triageEntry, { number, sectors: [], place: '', visibility: 'public' as const, body: '', ...more });
  const open = async (more: Partial<Submission> = {}, by?: TestPerson) => {
    const it = await submit(more, by);
    await triage(it.number, { visibility: more.kind === 'complaint' ? 'confidential' : 'public' });
    return it;
  };
  const assigned = async (more: Partial<Submission> = {}, by?: TestPerson) => {
    const it = await submit(more, by);
    await triage(it.number, { visibility: more.kind === 'complaint' ? 'confidential' : 'public', body: body!.code });
    return it;
  };
  const drafted = (number: string, answer: Partial<DraftInput> = {}) => given.as(officer).act(saveDraft, { number, ...ANSWER, ...answer });
  const sent = async (number: string, answer: Partial<DraftInput> = {}) => {
    const saved = await drafted(number, answer);
    await given.as(officer).act(sendAnswer, saved);
    return saved;
  };
  const approved = async (number: string, answer: Partial<DraftInput> = {}) => {
    const saved = await sent(number, answer);
    await given.as(head).act(approveAnswer, saved);
    return saved;
  };
  const answered = async (number: string, answer: Partial<DraftInput> = {}) => {
    const saved = await approved(number, answer);
    await given.sql(`update answers set publish_at = $2 where id = $1`, [saved.id, given.clock.now()]);
    while ((await given.as(SYSTEM).act(publishDue, undefined)) > 0);
    return saved;
  };
  return { body: id as BodyId, code: body!.code, coordinator, officer, head, submit, triage, open, assigned, drafted, sent, approved, answered };
}
