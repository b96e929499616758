/**
 * Who may import whom. Read top to bottom: the nearer the top, the fewer friends.
 * content <- core <- { core/store, bot, web } <- functions; infra reads only the schedule.
 */
const npm = (...names) => names.map((name) => `node_modules/(@types/)?${name}/`);

/** Files under `from` may import only `allowed`; anything else is an error named `name`. */
const only = ({ name, from, allowed, comment }) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: allowed.map((path) => `^${path}`) },
});

/** Nothing outside `except` may import `path`. */
const fence = ({ name, except, path, comment }) => ({
  name,
  comment,
  severity: 'error',
  from: { pathNot: except },
  to: { path },
});

/** Pure computation only: hashing, sealing, dates, distributions, a solver, an index of words. No disk, network or clock. */
const pureLibraries = [
  ...npm(
    'zod',
    'js-yaml',
    'yaml',
    'jose',
    'temporal-polyfill',
    'temporal-spec',
    '@stdlib/[^/]+',
    'highs',
    'minisearch',
  ),
  '(node:)?crypto$',
];

module.exports = {
  forbidden: [
    only({
      name: 'core-is-pure',
      comment: 'core decides; it knows no chat, cloud, SQL, disk or clock',
      from: '^core/(?!store/)',
      allowed: ['core/(?!store/)', ...pureLibraries],
    }),
    only({
      name: 'store-speaks-sql',
      comment: 'SQL lives in core/store and nowhere else',
      from: '^core/store/',
      allowed: ['core/', ...npm('kysely', 'pg', 'zod')],
    }),
    only({
      name: 'bot-knows-core',
      comment: 'bot translates between core and one chat platform',
      from: '^bot/',
      allowed: [
        'bot/',
        'core/(?!store/)',
        ...npm('zod', 'jose', '@slack/[^/]+', 'botbuilder[^/]*', 'botframework-[^/]+'),
        ...npm('@microsoft/teams.cards'),
        '(node:)?(buffer|crypto)$',
      ],
    }),
    only({
      name: 'web-shows-what-it-is-given',
      comment: 'pages are functions of data; they read no store',
      from: '^web/(?!islands/)',
      allowed: [
        'web/',
        'core/(?!store/)',
        'bot/[^/]+/(view|limits)\\.ts$',
        ...npm('hono', 'zod', '@observablehq/plot', 'linkedom', 'd3[^/]*'),
        ...npm('write-excel-file', '@resvg/[^/]+'),
        '(node:)?module$',
      ],
    }),
    only({
      name: 'islands-run-in-the-browser',
      comment: 'an island is bundled for the browser: pages, plain core types, one card renderer',
      from: '^web/islands/',
      allowed: ['web/', 'core/(?!store/)', ...npm('adaptivecards')],
    }),
    {
      name: 'slack-never-meets-teams',
      comment: 'a platform difference lives in exactly one folder',
      severity: 'error',
      from: { path: '^bot/(slack|teams)/' },
      to: { path: '^bot/(slack|teams)/', pathNot: '^bot/$1/' },
    },
    {
      name: 'infra-reads-only-the-schedule',
      comment: 'infra points at files; it does not run our code',
      severity: 'error',
      from: { path: '^infra/' },
      to: { path: '^(bot|functions|core|web)/', pathNot: '^core/schedule\\.ts$' },
    },
    {
      name: 'doors-stay-light',
      comment: 'a door verifies and answers; the SDKs work behind the queue',
      severity: 'error',
      from: {
        path: '^(bot/[^/]+/(app/)?(door|install|oauth|verify|parse|view|limits)|functions/[^/]+/http/.*)\\.ts$',
      },
      to: {
        path: 'node_modules/(@slack/(bolt|web-api)|botbuilder)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    fence({
      name: 'nobody-imports-test',
      except: '^test/',
      path: '^test/',
      comment: 'tests are leaves',
    }),
    fence({
      name: 'cloud-sdks-stay-at-the-edge',
      comment:
        'one cloud must be removable by deleting one folder; a Teams bot signs in with Entra ID wherever it runs',
      except: '^(functions/((aws|azure)/|app/teams/entra\\.ts$)|infra/|test/)',
      path: 'node_modules/(@azure|@aws-sdk|aws-cdk-lib|@types/aws-lambda)/',
    }),
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-undeclared-packages',
      severity: 'error',
      // The benches' own package.json names their peers; what they share with the product is the root's.
      from: { pathNot: '^bench/' },
      to: { dependencyTypes: ['npm-no-pkg', 'unknown', 'undetermined'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
