/** Whom one trusts (C2SP tlog-policy): keys of logs, witnesses, groups of them, and how many must have seen a checkpoint. */
import { equal } from './bytes.ts';
import { fault } from './error.ts';
import { COSIGNATURE, ED25519, parseVerifier, verifierText, type VerifierKey } from './key.ts';
import type { Signed } from './note.ts';

type Group = { most: number; members: string[] };
/** `url`: where its `add-checkpoint` is, without it; null when the policy does not say. */
export type Witness = { key: VerifierKey; url: string | null };
export type Policy = { logs: VerifierKey[]; witnesses: Map<string, Witness>; groups: Map<string, Group>; /** null: nobody needs to */ quorum: string | null };

const wrong = (sentence: string) => fault('E_POLICY_FORMAT', `The policy cannot be read: ${sentence}`);

/** Trusts these keys of a log, whoever has seen it. */
export const trusting = (...logs: VerifierKey[]): Policy => ({ logs, witnesses: new Map(), groups: new Map(), quorum: null });

export function parsePolicy(text: string): Policy {
  const policy = trusting();
  let quorum: string | null | undefined;
  if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text)) wrong('it holds characters that are no text.');
  for (const line of text.split('\n').map((it) => it.replace(/^[ \t]+|[ \t]+$/g, '')).filter((it) => it && !it.startsWith('#'))) {
    const [word, ...parts] = line.split(/[ \t]+/);
    if (word === 'log' && parts[0] && parts.length < 3) policy.logs.push(unknownYet(policy.logs, keyOf(parts[0], ED25519)));
    else if (word === 'witness' && parts[1] && parts.length < 4) addWitness(policy, parts);
    else if (word === 'group' && parts.length > 2) addGroup(policy, parts);
    else if (word === 'quorum' && parts.length === 1 && quorum === undefined) quorum = parts[0] === 'none' ? null : known(policy, parts[0]!);
    else wrong(`«${line}»`);
  }
  if (quorum === undefined) return wrong('it says who must have seen a checkpoint: quorum NAME, or quorum none.');
  return { ...policy, quorum };
}

/** The way back. Groups name only what stands before them, as they were read. */
export function policyText({ logs, witnesses, groups, quorum }: Policy): string {
  return [
    ...logs.map((key) => `log ${verifierText(key)}`),
    ...[...witnesses].map(([name, { key, url }]) => `witness ${name} ${verifierText(key)}${url ? ` ${url}` : ''}`),
    ...[...groups].map(([name, { most, members }]) => `group ${name} ${most} ${members.join(' ')}`),
    `quorum ${quorum ?? 'none'}`, '',
  ].join('\n');
}

function keyOf(text: string, kind: number): VerifierKey {
  const key = parseVerifier(text);
  return key.kind === kind ? key : wrong(`${key.name} has a key of kind ${key.kind}: logs sign with kind ${ED25519}, witnesses with kind ${COSIGNATURE}.`);
}

/** One public key under two names would count as two. */
const unknownYet = (others: readonly VerifierKey[], key: VerifierKey): VerifierKey =>
  others.some((other) => equal(other.publicKey, key.publicKey)) ? wrong(`the key of ${key.name} is there twice.`) : key;

type Names = Pick<Policy, 'witnesses' | 'groups'>;
const fresh = ({ witnesses, groups }: Names, name: string): string => (name === 'none' || witnesses.has(name) || groups.has(name) ? wrong(`«${name}» is there twice.`) : name);
const known = ({ witnesses, groups }: Names, name: string): string => (witnesses.has(name) || groups.has(name) ? name : wrong(`«${name}» is not known yet.`));

function addWitness(policy: Policy, [name, vkey, url]: string[]): void {
  const key = unknownYet([...policy.witnesses.values()].map((it) => it.key), keyOf(vkey!, COSIGNATURE));
  if (url !== undefined && !/^https?:\/\/[^\s/]/.test(url)) wrong(`${url} is no address of a witness.`);
  policy.witnesses.set(fresh(policy, name!), { key, url: url?.replace(/\/+$/, '') ?? null });
}

function addGroup(names: Names, [name, count, ...members]: string[]): void {
  const most = count === 'any' ? 1 : count === 'all' ? members.length : /^[1-9]\d{0,3}$/.test(count!) ? Number(count) : 0;
  if (most < 1 || most > members.length) wrong(`the group «${name}» cannot have ${count} members agree.`);
  const elsewhere = new Set([...names.groups.values()].flatMap((group) => group.members));
  for (const [at, member] of members.entries()) {
    known(names, member);
    if (elsewhere.has(member) || members.indexOf(member) < at) wrong(`«${member}» is a member twice.`);
  }
  names.groups.set(fresh(names, name!), { most, members });
}

/** Whether enough of the policy's witnesses have signed. */
export function hasQuorum(policy: Policy, signed: readonly Signed[]): boolean {
  const agrees = (name: string): boolean => {
    const group = policy.groups.get(name);
    if (group) return group.members.filter(agrees).length >= group.most;
    const witness = policy.witnesses.get(name);
    return signed.some((it) => it.key === witness?.key);
  };
  return policy.quorum === null || agrees(policy.quorum);
}

/** Throws E_WITNESS_QUORUM when too few of the policy's witnesses have signed. */
export function checkQuorum(policy: Policy, signed: readonly Signed[]): void {
  if (!hasQuorum(policy, signed)) fault('E_WITNESS_QUORUM', 'Too few of the witnesses that the policy asks for have seen this checkpoint.');
}
