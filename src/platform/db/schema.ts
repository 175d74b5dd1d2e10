/**
 * The whole database as text, read from PostgreSQL's own catalogue: db/schema.sql is this, and a reviewer sees in one
 * place what all steps together have made. Two databases that are the same give the same text, byte for byte.
 */
import type pg from 'pg';

type Line = { line: string };

// Objects that an extension brought are the extension's own.
const OWN = `not exists (select 1 from pg_depend d where d.objid = o.oid and d.deptype = 'e')`;
const HERE = `o_space.nspname in ('public', 'abwab_queue')`;
const NAME = `case when o_space.nspname = 'public' then '' else quote_ident(o_space.nspname) || '.' end`;

const EXTENSIONS = `select format('create extension %I;', extname) as line from pg_extension where extname <> 'plpgsql' order by extname collate "C"`;

const SEQUENCES = `
  select format('create sequence %s%I start %s;', ${NAME}, o.relname, s.seqstart) as line
  from pg_class o join pg_namespace o_space on o_space.oid = o.relnamespace join pg_sequence s on s.seqrelid = o.oid
  where ${HERE} and ${OWN} and not exists (select 1 from pg_depend d where d.objid = o.oid and d.deptype in ('a', 'i') and d.refobjsubid > 0)
  order by o.relname collate "C"`;

const FUNCTIONS = `
  select pg_get_functiondef(o.oid) || ';' as line
  from pg_proc o join pg_namespace o_space on o_space.oid = o.pronamespace
  where ${HERE} and ${OWN} order by o.proname collate "C", pg_get_function_identity_arguments(o.oid) collate "C"`;

const TABLES = `
  select format(E'create table %I (\\n%s\\n);', o.relname, (
    select string_agg('  ' || part, E',\\n' order by kind, place, part collate "C") from (
      select 1 as kind, a.attnum::int as place, format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
        || case when a.attidentity <> '' then ' generated always as identity'
             when a.attgenerated <> '' then format(' generated always as (%s) stored', pg_get_expr(d.adbin, d.adrelid))
             when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end
        || case when a.attnotnull then ' not null' else '' end as part
      from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped
      union all
      select 2, 0, format('constraint %I %s', c.conname, pg_get_constraintdef(c.oid)) from pg_constraint c where c.conrelid = o.oid and c.contype <> 'n'
    ) parts)) as line
  from pg_class o join pg_namespace o_space on o_space.oid = o.relnamespace
  where o_space.nspname = 'public' and o.relkind in ('r', 'p') and ${OWN} order by o.relname collate "C"`;

const INDEXES = `
  select replace(pg_get_indexdef(o.oid), ' ON public.', ' ON ') || ';' as line
  from pg_class o join pg_namespace o_space on o_space.oid = o.relnamespace join pg_index i on i.indexrelid = o.oid
  where o_space.nspname = 'public' and not exists (select 1 from pg_constraint c where c.conindid = o.oid and c.contype in ('p', 'u', 'x'))
  order by o.relname collate "C"`;

const TRIGGERS = `
  select replace(pg_get_triggerdef(t.oid), ' ON public.', ' ON ') || ';' || case when t.tgenabled = 'O' then '' else ' -- switched ' || t.tgenabled::text end as line
  from pg_trigger t join pg_class o on o.oid = t.tgrelid join pg_namespace o_space on o_space.oid = o.relnamespace
  where o_space.nspname = 'public' and not t.tgisinternal order by o.relname collate "C", t.tgname collate "C"`;

const SECURITY = `
  select format('alter table %I enable row level security;', o.relname) as line
  from pg_class o join pg_namespace o_space on o_space.oid = o.relnamespace where o_space.nspname = 'public' and o.relrowsecurity
  union all
  select format('create policy %I on %I for %s to %s using (%s) with check (%s);', policyname, tablename, cmd, array_to_string(roles, ', '), qual, with_check)
  from pg_policies where schemaname = 'public' order by 1`;

const GRANTS = `
  select format('grant %s on %s%s to %s;', string_agg(lower(privilege), ', ' order by privilege collate "C"), kind, name, who) as line
  from (
    select case o.relkind when 'S' then 'sequence ' else '' end as kind, ${NAME} || quote_ident(o.relname) as name, g.privilege_type as privilege, g.grantee, o.relowner as owner
    from pg_class o join pg_namespace o_space on o_space.oid = o.relnamespace, aclexplode(o.relacl) g where ${HERE} and ${OWN}
    union all
    select '', ${NAME} || quote_ident(o.relname) || '.' || quote_ident(a.attname), g.privilege_type, g.grantee, o.relowner
    from pg_attribute a join pg_class o on o.oid = a.attrelid join pg_namespace o_space on o_space.oid = o.relnamespace, aclexplode(a.attacl) g where ${HERE} and ${OWN}
    union all
    select 'function ', ${NAME} || quote_ident(o.proname), g.privilege_type, g.grantee, o.proowner
    from pg_proc o join pg_namespace o_space on o_space.oid = o.pronamespace, aclexplode(o.proacl) g where ${HERE} and ${OWN}
    union all
    select 'schema ', quote_ident(o_space.nspname), g.privilege_type, g.grantee, o_space.nspowner
    from pg_namespace o_space, aclexplode(o_space.nspacl) g where ${HERE}
  ) given, lateral (select case when grantee = 0 then 'public' else grantee::regrole::text end as who) named
  where grantee <> owner group by kind, name, who order by kind collate "C", name collate "C", who collate "C"`;

const PARTS: readonly (readonly [title: string, query: string])[] = [
  ['Extensions', EXTENSIONS], ['Sequences', SEQUENCES], ['Functions', FUNCTIONS], ['Tables', TABLES], ['Indexes', INDEXES],
  ['Triggers', TRIGGERS], ['Row security', SECURITY], ['Who may what', GRANTS],
];

/** The database on the other end of `client`, which is connected as a superuser or the owner. */
export async function describeSchema(client: pg.Client): Promise<string> {
  const parts = ['-- The whole database as it stands. Written by `node bin/schema.ts --write`; steps are in db/migrations.'];
  for (const [title, query] of PARTS) {
    const { rows } = await client.query<Line>(query);
    if (rows.length > 0) parts.push(`-- ${title}`, rows.map((row) => row.line).join(title === 'Tables' || title === 'Functions' ? '\n\n' : '\n'));
  }
  return `${parts.join('\n\n')}\n`;
}
