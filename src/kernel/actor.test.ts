import { expect, test } from 'vitest';
import { bodiesOf, hasRole, type Actor, type Grant, type Person, type Role } from './actor.ts';
import { newId } from './ids.ts';

const water = newId<'body'>();
const schools = newId<'body'>();
const everyRole: readonly Role[] = [
  'resident', 'member', 'officer', 'head', 'coordinator', 'clerk', 'registry', 'moderator', 'auditor', 'administrator',
];

function person(roles: readonly Grant[], assurance: Person['assurance']): Person {
  return { kind: 'person', id: newId<'person'>(), roles, verified: 'contact', assurance };
}

test.each(everyRole)('%s counts with two factors; only a resident counts with one', (role) => {
  const grants = [{ role, body: water }];
  expect(hasRole(person(grants, 'two'), role)).toBe(true);
  expect(hasRole(person(grants, 'one'), role)).toBe(role === 'resident');
  expect(bodiesOf(person(grants, 'one'), role)).toEqual(role === 'resident' ? [water] : []);
});

test.each(everyRole)('neither the system nor a visitor is ever %s', (role) => {
  for (const actor of [{ kind: 'visitor' }, { kind: 'system', job: 'escalate' }] satisfies Actor[]) {
    expect(hasRole(actor, role)).toBe(false);
    expect(bodiesOf(actor, role)).toEqual([]);
  }
});

test('an officer of one body is not an officer of another', () => {
  const officer = person([{ role: 'officer', body: water }], 'two');
  expect(hasRole(officer, 'officer', water)).toBe(true);
  expect(hasRole(officer, 'officer', schools)).toBe(false);
  expect(hasRole(officer, 'head', water)).toBe(false);
});

test('a role without a body is not a role in every body', () => {
  const coordinator = person([{ role: 'coordinator', body: null }], 'two');
  expect(hasRole(coordinator, 'coordinator')).toBe(true);
  expect(hasRole(coordinator, 'coordinator', water)).toBe(false);
  expect(bodiesOf(coordinator, 'coordinator')).toEqual([]);
});

test('the bodies of a role are named once each', () => {
  const grants: Grant[] = [
    { role: 'officer', body: water },
    { role: 'head', body: schools },
    { role: 'officer', body: schools },
    { role: 'officer', body: water },
  ];
  expect(bodiesOf(person(grants, 'two'), 'officer')).toEqual([water, schools]);
});
