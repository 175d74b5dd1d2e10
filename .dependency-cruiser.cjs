// Who may import whom. docs/architecture.md draws it; tests/house/imports.test.ts plants a violation of every rule here.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/** Features in the order in which a matter travels: each knows only those before it. */
const order = JSON.parse(readFileSync(join(__dirname, 'src/features/order.json'), 'utf8'));

const TEST = '\\.test\\.ts$';
const OWN_TYPES = '^src/features/context\\.ts$';
const npm = (...names) => `node_modules/(${names.join('|')})/`;
const TEST_TOOLS = npm('vitest', 'fast-check', '@playwright/test', 'playwright-core', '@axe-core/playwright', '@vitest/.+');
const STORES = ['^src/features/[^/]+/server/(store|queries)/', '^src/features/[^/]+/server/[a-z-]*(store|queries)\\.ts$'];
const JOBS = '^src/features/[^/]+/server/jobs(\\.ts$|/)';

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    rule('no-cycles', 'Two files that need each other are one, or hide a third.', {}, { circular: true }),
    rule('nothing-unresolved', 'An import leads to a file or a package that is there.',
      {}, { couldNotResolve: true, pathNot: ['^\\$app/', '\\$types$'] }),

    rule('kernel-is-pure', 'The kernel knows itself and Valibot.',
      { path: '^src/kernel/', pathNot: TEST }, { pathNot: ['^src/kernel/', npm('valibot')] }),
    rule('engines-are-pure', 'An engine knows itself, Valibot and hash functions without a machine below them: it could be a package of its own.',
      { path: '^src/engines/([^/]+)/', pathNot: TEST }, { pathNot: ['^src/engines/$1/', npm('valibot', '@noble/hashes')] }),

    rule('feature-top-is-pure', 'Model, rules, access, input and views know kernel, engines, their own top, other models and the list of languages. No Node, Kysely, Svelte.',
      { path: '^src/features/([^/]+)/[^/]+\\.ts$', pathNot: TEST },
      { pathNot: ['^src/(kernel|engines)/', '^src/features/$1/[^/]+\\.ts$', '^src/features/[^/]+/model\\.ts$', '^src/platform/i18n/languages\\.ts$', npm('valibot', 'canonicalize')] }),
    ...order.slice(0, -1).map((feature, at) => rule(`order-${feature}`, `${feature} knows only the features before it.`,
      { path: `^src/features/${feature}/`, pathNot: TEST }, { path: `^src/features/(${order.slice(at + 1).join('|')})/` })),
    rule('features-in-order', 'Every feature has its place in src/features/order.json.',
      { path: '^src/' }, { path: '^src/features/[^/]+/', pathNot: `^src/features/(${order.join('|')})/` }),

    rule('server-through-doors', 'Another feature is asked at its door (server/index.ts), or its model is read.',
      { path: '^src/features/([^/]+)/server/', pathNot: TEST },
      { path: '^src/features/[^/]+/', pathNot: ['^src/features/$1/', '^src/features/[^/]+/model\\.ts$', '^src/features/[^/]+/server/index\\.ts$'] }),
    rule('server-knows-no-edge', 'A feature does not know the web: no routes, no components, no platform/web, no HTTP, no pg.',
      { path: '^src/features/[^/]+/server/', pathNot: TEST },
      { path: ['^src/(routes|ui|testing)/', '^src/features/[^/]+/ui/', '^src/platform/web/', '^src/[^/]+\\.ts$', '^(node:)?(http|https|http2)$', npm('pg', 'svelte', '@sveltejs/[^/]+')] }),
    rule('kysely-in-stores', 'Queries are built in store, queries and platform/db; elsewhere only its types are read.',
      { path: '^(src|cli)/', pathNot: [...STORES, '^src/platform/db/', '^src/testing/', TEST] },
      { path: npm('kysely'), dependencyTypesNot: ['type-only'] }),
    rule('outside-only-from-jobs', 'Mail, SMS, files and other servers are reached by jobs, never inside a transaction.',
      // The profile is part of the code, not the outside: load-….ts reads it once, at the start.
      { path: '^src/features/', pathNot: [JOBS, '^src/features/[^/]+/server/load-[a-z-]+\\.ts$', TEST] },
      // Which addresses are everybody's is a rule that reaches nobody.
      { path: ['^src/platform/(mail|sms|files|outside|pdf|tlog|workers)/', '^(node:)?(fs|fs/promises|net|tls|dns|child_process|http|https|http2)$', npm('nodemailer', 'sharp', 'undici')], pathNot: '^src/platform/outside/public-address\\.ts$', dependencyTypesNot: ['type-only'] }),
    rule('jobs-only-from-worker', 'Jobs are started by the worker and the command line, not by use cases or pages.',
      { path: '^src/', pathNot: ['^src/worker\\.ts$', '^src/features/([^/]+)/server/jobs/', '^src/testing/', TEST] }, { path: JOBS }),

    rule('ui-asks-nothing', 'Components are given views: they know Svelte, kernel, feature tops, words and other components.',
      { path: '^src/features/[^/]+/ui/', pathNot: TEST },
      { pathNot: ['^src/(kernel|ui)/', '^src/features/[^/]+/[^/]+\\.ts$', '^src/features/[^/]+/ui/', '^src/platform/i18n/', npm('svelte')] }),
    rule('design-system-knows-no-feature', 'src/ui knows Svelte, the kernel and the languages.',
      { path: '^src/ui/', pathNot: TEST }, { pathNot: ['^src/(kernel|ui)/', '^src/platform/i18n/', npm('svelte')] }),
    rule('routes-use-doors', 'Routes parse, ask or act, and return: doors, tops and components of features, platform/web, words, kernel.',
      { path: '^src/routes/', pathNot: TEST },
      {
        pathNot: ['^src/(routes|ui|kernel)/', '^src/features/[^/]+/[^/]+\\.ts$', '^src/features/[^/]+/(server/index\\.ts$|ui/)', '^src/platform/(web|i18n)/',
          npm('svelte', '@sveltejs/kit', 'valibot', 'qrcode'), '\\$types', '^\\$app/', OWN_TYPES],
        dependencyTypesNot: ['type-only'],
      }),
    rule('platform-knows-no-feature', 'Each concern of the platform serves every feature and knows none.',
      { path: '^src/platform/', pathNot: TEST }, { path: '^src/(features|routes|ui|testing)/' }),
    rule('cli-uses-doors', 'Commands use the doors, tops and jobs of features, as routes do.',
      { path: '^cli/', pathNot: TEST }, { path: ['^src/features/[^/]+/server/', '^src/features/[^/]+/ui/', '^src/(routes|ui|testing)/'], pathNot: '^src/features/[^/]+/server/(index|jobs)\\.ts$' }),

    rule('sveltekit-at-the-edge', 'SvelteKit lives in platform/web, routes, ui and hooks.',
      { path: '^(src|cli)/', pathNot: ['^src/platform/web/', '^src/routes/', '^src/ui/', '^src/hooks(\\.server|\\.client)?\\.ts$', '^src/app\\.d\\.ts$'] },
      { path: ['node_modules/@sveltejs/', '^\\$app/'] }),
    rule('pg-in-platform-db', 'Connections are opened in platform/db.',
      { path: '^(src|cli)/', pathNot: ['^src/platform/db/', '^src/testing/', TEST] }, { path: npm('pg'), dependencyTypesNot: ['type-only'] }),
    rule('threads-in-platform', 'Worker threads that run engines live in platform.',
      { path: '^(src|cli)/', pathNot: ['^src/platform/', TEST] }, { path: '^(node:)?(worker_threads|cluster)$' }),
    rule('test-tools-in-tests', 'Test tools stay in tests.',
      { path: '^(src|cli|bench)/', pathNot: ['^src/testing/', TEST] }, { path: ['^src/testing/', '^tests/', TEST, TEST_TOOLS] }),
    rule('ships-what-it-needs', 'What runs in production is a dependency, not a tool for developing.',
      { path: '^(src|cli)/', pathNot: ['^src/testing/', TEST] }, { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'], pathNot: npm('svelte', '@sveltejs/kit') }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^build/', '^\\.svelte-kit/'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'svelte', 'node', 'default'], extensions: ['.ts', '.js', '.svelte', '.json', '.css', '.mjs', '.cjs'] },
  },
};
