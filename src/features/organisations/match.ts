/**
 * Which organisations could help, and why. A transparent rule: every reason adds what stands here and nothing else does, so that whoever is
 * not suggested can see what was missing. Pure.
 */
import { similarity, type Lexicon } from '#engines/text/index.ts';
import type { OrganisationKind, Standing } from './model.ts';
import type { PartRecord } from './track.ts';

/** What is asked for: sectors and the way from the governorate down to the place; the words of the need or the skill. */
export type Wanted = { sectors: readonly string[]; placePath: readonly string[]; words: string };
export type Candidate = {
  number: string; kind: OrganisationKind; standing: Standing; sectors: readonly string[]; /** each place with its way down from the governorate */ placePaths: readonly (readonly string[])[];
  skills: readonly string[]; record: PartRecord; /** whether somebody answers: a promised time */ answerDays: number | null;
};

export const POINTS = { sector: 30, family: 15, place: 25, around: 15, inside: 10, skill: 30, verified: 10, kept: 10, late: -10, answers: 5 } as const;
export type Reason =
  | { why: 'sector'; sector: string } | { why: 'family'; sector: string } | { why: 'place'; place: string } | { why: 'around'; place: string } | { why: 'inside'; place: string }
  | { why: 'skill'; skill: string } | { why: 'verified' } | { why: 'kept'; count: number; of: number } | { why: 'late'; count: number } | { why: 'answers'; days: number };
export type Match = { number: string; points: number; reasons: Reason[] };

const SIMILAR = 0.3;
const LEAST_KEPT = 0.7;

/** Best first; those in which nothing but their standing speaks for them are left out. Equal ones stand by number. */
export function matchOrganisations(wanted: Wanted, candidates: readonly Candidate[], lexicon: Lexicon = []): Match[] {
  return candidates.map((it) => matchOne(wanted, it, lexicon)).filter((it): it is Match => it !== null).toSorted((a, b) => b.points - a.points || (a.number < b.number ? -1 : 1));
}

function matchOne(wanted: Wanted, it: Candidate, lexicon: Lexicon): Match | null {
  // Who is suspended is not suggested, whatever it can do.
  if (it.standing === 'suspended') return null;
  const place = placeReason(wanted.placePath, it.placePaths);
  const subject = [sectorReason(wanted.sectors, it.sectors), skillReason(wanted.words, it.skills, lexicon)].filter((reason) => reason !== null);
  // Elsewhere is no help, and here without the skill is none either.
  if (subject.length === 0 && (wanted.sectors.length > 0 || wanted.words !== '')) return null;
  if (wanted.placePath.length > 0 && place === null) return null;
  const reasons: Reason[] = [...subject, ...(place ? [place] : []), ...trust(it)];
  return subject.length + (place ? 1 : 0) === 0 ? null : { number: it.number, reasons, points: reasons.reduce((sum, reason) => sum + POINTS[reason.why], 0) };
}

const familyOf = (code: string): string => code.split('.')[0]!;

function sectorReason(wanted: readonly string[], has: readonly string[]): Reason | null {
  const same = wanted.find((code) => has.includes(code) || has.includes(familyOf(code)));
  if (same) return { why: 'sector', sector: same };
  const family = wanted.find((code) => has.some((own) => familyOf(own) === familyOf(code)));
  return family ? { why: 'family', sector: familyOf(family) } : null;
}

/** The place itself, then what lies around it, then a part of it. The whole governorate is around everything. */
function placeReason(path: readonly string[], paths: readonly (readonly string[])[]): Reason | null {
  const here = path.at(-1);
  if (here === undefined) return null;
  const own = paths.map((it) => it.at(-1)!);
  if (own.includes(here)) return { why: 'place', place: here };
  const around = path.toReversed().find((code) => own.includes(code));
  if (around) return { why: 'around', place: around };
  const inside = paths.find((it) => it.includes(here));
  return inside ? { why: 'inside', place: inside.at(-1)! } : null;
}

function skillReason(words: string, skills: readonly string[], lexicon: Lexicon): Reason | null {
  if (words.trim() === '') return null;
  const best = skills.map((skill) => ({ skill, like: likeness(words, skill, lexicon) })).toSorted((a, b) => b.like - a.like)[0];
  return best && best.like >= SIMILAR ? { why: 'skill', skill: best.skill } : null;
}

/** A long text speaks of a skill when a part of it does: sentence by sentence. */
function likeness(words: string, skill: string, lexicon: Lexicon): number {
  return Math.max(...words.slice(0, 2_000).split(/[.!?؟،,\n]/).map((part) => similarity(part, skill, { lexicon })));
}

function trust(it: Candidate): Reason[] {
  const kept = it.record.keptFirst + it.record.keptLater;
  return [
    ...(it.standing === 'verified' ? [{ why: 'verified' } as const] : []), ...(it.record.judged > 0 && kept / it.record.judged >= LEAST_KEPT ? [{ why: 'kept', count: kept, of: it.record.judged } as const] : []),
    ...(it.record.late + it.record.broken > 0 ? [{ why: 'late', count: it.record.late + it.record.broken } as const] : []), ...(it.answerDays === null ? [] : [{ why: 'answers', days: it.answerDays } as const]),
  ];
}
