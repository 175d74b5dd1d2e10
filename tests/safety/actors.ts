/** Everybody who may come: each role in its own body and in another, with one factor and with two. */
import type { Role } from '#kernel/actor.ts';
import { VISITOR, type TestPerson, type World } from '#testing/world.ts';
import type { Everything } from '#testing/everything.ts';
import type { Who } from '#platform/doors.ts';

/** `own`: of the body that the entry was given to; `other`: of another body. `sender`: whoever sent what is asked about. */
export const CHARACTERS = [
  'visitor', 'resident', 'sender', 'member own', 'officer own', 'officer other', 'head own', 'head other', 'coordinator', 'clerk', 'registry', 'moderator', 'auditor', 'administrator',
] as const;
export type Character = (typeof CHARACTERS)[number];
export type ActorCase = { name: string; character: Character; factors: 'one' | 'two'; who: TestPerson | Who };

export async function allActors(given: World, it: Everything): Promise<ActorCase[]> {
  const cases: ActorCase[] = [{ name: 'visitor', character: 'visitor', factors: 'one', who: VISITOR }];
  for (const character of CHARACTERS.slice(1)) {
    for (const factors of ['one', 'two'] as const) cases.push({ name: `${character}, ${factors} factor${factors === 'two' ? 's' : ''}`, character, factors, who: await personAs(given, it, character, factors) });
  }
  return cases;
}

async function personAs(given: World, it: Everything, character: Character, assurance: 'one' | 'two'): Promise<TestPerson> {
  const [role, place] = character.split(' ') as [Role | 'sender', 'own' | 'other' | undefined];
  if (role === 'sender') return { ...it.sender, actor: { ...it.sender.actor, roles: [{ role: 'resident', body: null }], assurance } };
  const person = await given.person([{ role: 'resident' }, ...(role === 'resident' ? [] : [{ role, body: place === 'own' ? it.body : place === 'other' ? it.other.body : null }])], { assurance });
  if (role === 'clerk') await given.sql('insert into desk_seats (person_id, body_id, since) values ($1, $2, $3)', [person.id, it.body, given.clock.now()]);
  return person;
}

/**
 * Who may, in words: `everybody`, `person` (whoever is signed in), `outsider` (of these, whoever does not work for the body), `nobody`, or characters. `officer` and `head` alone mean
 * both bodies. Every role but resident counts only with two factors.
 */
export function mayBe(who: string, it: Pick<ActorCase, 'character' | 'factors'>): boolean {
  const words = who.split(', ');
  if (words.includes('everybody')) return true;
  if (it.character === 'visitor') return false;
  if (words.includes('person')) return true;
  if (words.includes('outsider')) return it.character !== 'officer own' && it.character !== 'head own';
  if (it.character === 'sender' || it.character === 'resident') return words.includes(it.character);
  return it.factors === 'two' && words.some((word) => word === it.character || word === it.character.split(' ')[0]);
}
