/** The form of a visitor, as the counter and the typing-in of paper read it. */
import type { Fields } from '#platform/web/form.ts';
import { requireOnce } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { VisitorSchema } from '#features/desk/input.ts';
import { holdContact, type Visitor } from '#features/desk/server/index.ts';
import { choosePlace } from '../../choose-place.ts';

/**
 * From here on the page carries the contact without showing it: whatever is refused, only its last digits come back. What is no
 * contact comes back as it was typed, to be corrected.
 */
export async function holdTyped(locals: App.Locals, { values, lists }: Fields): Promise<string> {
  const typed = values.contact ?? '';
  const kept = await locals.ask(holdContact, { typed, held: values.held ?? '' });
  if (kept === null) {
    delete values.held;
    return typed;
  }
  values.contact = '';
  lists.contact = [];
  values.held = kept.held;
  values.heldShown = kept.shown;
  return '';
}

export async function readVisitor(locals: App.Locals, fields: Fields): Promise<Visitor> {
  const { values, lists } = fields;
  const contact = await holdTyped(locals, fields);
  const once = requireOnce(values);
  const place = await choosePlace(locals, values);
  const visitor = parse(VisitorSchema, { ...values, sectors: lists.sectors ?? [], place, contact });
  return { ...visitor, once, held: contact === '' ? (values.held ?? '') : '' };
}
