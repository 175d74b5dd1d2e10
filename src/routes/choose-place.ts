/** The place of an entry, from a name that somebody typed: every form with such a field asks the same way. */
import { refuse } from '#kernel/refusal.ts';
import { searchPlaces } from '#features/places/server/index.ts';

/** A name that fits one place is that place; several are offered to choose from; none stays as words. */
export async function choosePlace(locals: App.Locals, values: Record<string, string>): Promise<string> {
  const query = (values.placeQuery ?? '').trim();
  delete values.found;
  if (values.place && values.place !== 'other' && values.placeQuery === values.placeShown) return values.place;
  if (query === '') return '';
  if (values.place && values.searched === query) {
    if (values.place === 'other') values.placeWords = values.placeWords || query;
    return values.place === 'other' ? '' : values.place;
  }
  const found = await locals.ask(searchPlaces, { q: query, limit: 9 });
  const only = found.length === 1 ? found[0] : undefined;
  if (only) return only.code;
  if (found.length === 0) {
    values.placeWords = values.placeWords || query;
    return '';
  }
  values.found = JSON.stringify(found);
  return refuse({ because: 'invalid', fields: { place: 'choose' } });
}
