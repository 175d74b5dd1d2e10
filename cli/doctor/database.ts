/** What was seen in the database, in words. */
import type { Examined } from '#platform/db/examine.ts';
import { couldBeBetter, fails, few, fine, stops, type Finding } from './finding.ts';

const OLDEST = 16;
const MADE_FOR = 18;
const LATE_SECONDS = 2;
const WRONG_SECONDS = 60;
/** What keeps the record from being rewritten: its triggers, and what the application is not granted. */
const GUARDS = /TRIGGER|refuse_|on (acts|record_\w+) to/;

export function ofDatabase(it: Examined): Finding[] {
  return [version(it), collation(it), ...extensions(it), ...roles(it), ...steps(it), ...schema(it), clock(it)];
}

function version({ version: number }: Examined): Finding {
  const major = Math.floor(number / 10_000);
  if (major < OLDEST) return fails('database', `PostgreSQL ${major} is too old: at least ${OLDEST} is needed, ${MADE_FOR} is what this was made with.`);
  return major < MADE_FOR ? couldBeBetter('database', `PostgreSQL ${major}; this was made and tested with ${MADE_FOR}.`) : fine('database', `PostgreSQL ${major} answers.`);
}

function collation({ encoding, arabic }: Examined): Finding {
  if (encoding !== 'UTF8') return fails('letters', `The database writes in ${encoding}. Make one with encoding UTF8, and restore into it.`);
  return arabic ? fine('letters', 'UTF-8, and Arabic letters are letters.')
    : fails('letters', 'This database takes Arabic letters for signs (LC_CTYPE is C): searching finds nothing. Make it with --locale-provider=icu --icu-locale=und, and restore into it.');
}

const extensions = ({ trigrams, waiting }: Examined): Finding[] =>
  trigrams || waiting.length > 0 ? [] : [fails('database', 'The extension pg_trgm is missing: searching fails. As the database’s superuser: create extension pg_trgm')];

function roles({ missingRoles, mighty, waiting }: Examined): Finding[] {
  if (missingRoles.length > 0) return waiting.length > 0 ? [] : [fails('roles', `The database has no role ${few(missingRoles)}. Run: abwab migrate`)];
  return mighty.length > 0 ? mighty.map((it) => fails('roles', `${it}: the record could be rewritten from the site. Take it away.`)) : [fine('roles', 'The site may do what it needs, and no more.')];
}

function steps({ waiting, unknown, changed }: Examined): Finding[] {
  if (unknown.length > 0) return [stops('steps', `This data was made by newer code (${few(unknown)}). Update the code.`)];
  if (changed.length > 0) return [stops('steps', `Steps were changed after they had been applied here: ${few(changed)}. Restore the files as they were.`)];
  if (waiting.length > 0) return [{ ...couldBeBetter('steps', `${waiting.length} steps wait (${few(waiting)}): the next start backs up and applies them, or run abwab migrate.`), stops: true }];
  return [fine('steps', 'The database is at the version of this code.')];
}

function schema({ missing, extra }: Examined): Finding[] {
  const guards = [...missing, ...extra].filter((line) => GUARDS.test(line));
  const other = [...missing, ...extra].filter((line) => !GUARDS.test(line));
  return [
    guards.length > 0 ? fails('guards', `What keeps the record append-only is not as it was made: ${few(guards)}. Somebody has changed the database by hand. Check the record from outside (abwab verify), then put back what db/schema.sql says.`) : fine('guards', 'The record can be added to, and not changed.'),
    ...(other.length > 0 ? [couldBeBetter('tables', `The tables differ from db/schema.sql: ${few(other)}.`)] : []),
  ];
}

function clock({ ahead }: Examined): Finding {
  const off = Math.abs(ahead);
  const said = `The clocks of this machine and of the database differ by ${off.toFixed(0)} seconds`;
  if (off > WRONG_SECONDS) return fails('clock', `${said}. Deadlines follow the database; letters and logs do not. Set both by NTP.`);
  return off > LATE_SECONDS ? couldBeBetter('clock', `${said}. Set both by NTP.`) : fine('clock', 'The clocks agree.');
}
