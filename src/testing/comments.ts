/** Comments in every state, said through the door, with words that nobody but their author and moderators may ever read. */
import { changeComment, commentFormKey, decideComment, objectToRemoval, reportComment, sayComment, withdrawComment } from '#features/comments/server/index.ts';
import { VISITOR, type TestPerson, type World } from './world.ts';
import type { Who } from '#platform/doors.ts';

export const COMMENT_CANARIES = { held: 'Zirqal-held-comment', removed: 'Zirqal-removed-comment', before: 'Zirqal-comment-before-change', withdrawn: 'Zirqal-withdrawn-comment', report: 'Zirqal-words-of-report', objection: 'Zirqal-words-of-objection' } as const;

export async function commentsIn(given: World, about: { entry: string; sender: TestPerson; resident: TestPerson; officer: TestPerson }) {
  const moderator = await given.person([{ role: 'moderator' }]);
  const say = async (who: TestPerson | Who, text: string, more: { as?: 'official'; parent?: string } = {}) => given.as(who).act(sayComment, {
    kind: 'entry', number: about.entry, language: 'ar', text, parent: more.parent ?? '', as: more.as ?? 'resident', sure: false, website: '', form: (await given.ask(commentFormKey, undefined)).token, proof: '',
  });
  const removal = { decision: 'remove' as const, rule: 'insult' as const, reason: 'فيه شتم لشخص باسمه' };
  const own = await say(about.sender, COMMENT_CANARIES.before);
  await given.as(about.sender).act(changeComment, { id: own.id, key: '', text: 'كلام يقرؤه الجميع', sure: false });
  const reported = await say(about.resident, 'كلام أُبلغ عنه');
  await given.as(about.sender).act(reportComment, { id: reported.id, rule: 'spam', words: COMMENT_CANARIES.report });
  const held = await say(VISITOR, COMMENT_CANARIES.held);
  const removed = await say(about.sender, COMMENT_CANARIES.removed);
  await given.as(about.resident).act(reportComment, { id: removed.id, rule: 'insult', words: '' });
  await given.as(moderator).act(decideComment, { id: removed.id, ...removal });
  await given.as(about.sender).act(objectToRemoval, { id: removed.id, key: '', text: COMMENT_CANARIES.objection });
  const withdrawn = await say(about.sender, COMMENT_CANARIES.withdrawn);
  await say(about.resident, 'جواب يبقى في مكانه', { parent: withdrawn.id });
  await given.as(about.sender).act(withdrawComment, { id: withdrawn.id, key: '' });
  return { own: own.id, reported: reported.id, held: held.id, heldKey: held.key, removed: removed.id, withdrawn: withdrawn.id };
}
