import { sql } from 'kysely';
import { allow } from '#kernel/refusal.ts';
import { personNamesForStaff } from '../../people/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayOversee } from '../access.ts';
import { ALONE, NIGHT, RULES, type RuleName, type Unusual } from '../model.ts';

type Row = { person: string; count: number; last: Date };

/** What the rules find in the steps of late, the latest first. Residents are counted and never named. */
export async function unusualActs(ctx: Ctx): Promise<Unusual[]> {
  allow(mayOversee(ctx.actor), 'see unusual acts');
  const found: (Row & { rule: RuleName })[] = [];
  const add = (rule: RuleName, rows: readonly Row[]) => found.push(...rows.map((row) => ({ ...row, rule })));
  add('grants', await manyOf(ctx, 'grants', ['role.granted']));
  add('removals', await manyOf(ctx, 'removals', ['comment.removed']));
  add('withdrawals', await manyOf(ctx, 'withdrawals', ['entry.withdrawn', 'comment.withdrawn']));
  add('exports', await manyOf(ctx, 'exports', ['person.exported']));
  add('codes', await handedOut(ctx, 'codes'));
  add('links', await handedOut(ctx, 'links'));
  add('night', await atNight(ctx));
  add('approvals', await alone(ctx));
  add('device', await newDevices(ctx));
  const names = await personNamesForStaff(ctx, found.map((row) => row.person));
  return found.map(({ person, ...row }) => ({ ...row, person: names.get(person) ?? null })).sort((a, b) => b.last.getTime() - a.last.getTime());
}

const since = (ctx: Ctx, rule: RuleName): Date => new Date(ctx.now.getTime() - RULES[rule].hours * 3_600_000);

async function manyOf(ctx: Ctx, rule: RuleName, kinds: readonly string[]): Promise<Row[]> {
  return (await sql<Row>`select actor_person as person, count(*)::int as count, max(at) as last from acts where kind = any(${[...kinds]}::text[]) and at > ${since(ctx, rule)} and actor_person is not null
    group by 1 having count(*) >= ${RULES[rule].from}`.execute(ctx.db)).rows;
}

/** Ways into somebody else's account: codes that one clerk hands out, links that one administrator makes. */
async function handedOut(ctx: Ctx, rule: 'codes' | 'links'): Promise<Row[]> {
  const from = rule === 'codes' ? sql`select issued_by as person, created_at from sign_in_codes` : sql`select l.created_by as person, l.created_at from sign_in_links l where not l.reusable`;
  return (await sql<Row>`select person, count(*)::int as count, max(created_at) as last from (${from}) as made where person is not null and created_at > ${since(ctx, rule)} group by 1 having count(*) >= ${RULES[rule].from}`.execute(ctx.db)).rows;
}

/** Steps of office while offices are closed. */
async function atNight(ctx: Ctx): Promise<Row[]> {
  return (await sql<Row>`select actor_person as person, count(*)::int as count, max(at) as last from acts where at > ${since(ctx, 'night')} and actor_person is not null and actor_role not in ('resident', 'visitor', 'system')
    and extract(hour from at at time zone ${ctx.profile.zone}) >= ${NIGHT.from} and extract(hour from at at time zone ${ctx.profile.zone}) < ${NIGHT.to} group by 1 having count(*) >= ${RULES.night.from}`.execute(ctx.db)).rows;
}

/** One of several who may approve for a body approves nearly everything. */
async function alone(ctx: Ctx): Promise<Row[]> {
  return (await sql<Row>`with approved as (select actor_body as body, actor_person as person, count(*)::int as count, max(at) as last from acts where kind = 'answer.approved' and at > ${since(ctx, 'approvals')} group by 1, 2),
    heads as (select b.code, count(distinct r.person_id) as heads from person_roles r join bodies b on b.id = r.body_id where r.role = 'head' and r.confirmed_at is not null and r.ended_at is null group by 1)
    select a.person, a.count, a.last from approved a join heads h on h.code = a.body where h.heads > 1 and a.count >= ${RULES.approvals.from} and a.count >= ${ALONE}::float * (select sum(x.count) from approved x where x.body = a.body)`.execute(ctx.db)).rows;
}

/** An administrator who enters from a kind of device that they had not used before. */
async function newDevices(ctx: Ctx): Promise<Row[]> {
  return (await sql<Row>`select s.person_id as person, count(*)::int as count, max(s.created_at) as last from sessions s where s.created_at > ${since(ctx, 'device')}
    and exists (select 1 from person_roles r where r.person_id = s.person_id and r.role = 'administrator' and r.confirmed_at is not null and r.ended_at is null)
    and exists (select 1 from sessions o where o.person_id = s.person_id and o.created_at < s.created_at)
    and not exists (select 1 from sessions o where o.person_id = s.person_id and o.created_at < s.created_at and o.device = s.device) group by 1`.execute(ctx.db)).rows;
}
