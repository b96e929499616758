/** Settings of a deployed host: every fault is reported at once, by name and never by value. */
import { isZone } from './calendar/zone-name.ts';
import { ConfigError } from './errors.ts';
import {
  address,
  maybe,
  oneOf,
  or,
  type Reader,
  type Readers,
  ruled,
  type Shape,
  shape,
  text,
  whyNot,
} from './shape.ts';
import { ballotModes } from './survey/form.ts';

/** A value without the blanks around it, of at least one character. */
const trimmed = ruled(
  (value) => text(value).trim(),
  (read) => read !== '',
  'empty',
);
/** Characters of a key, at least. */
export const leastKey = 32;
const long = ruled(trimmed, ({ length }) => length >= leastKey, `at least ${leastKey} characters`);
const longPair = ruled(
  trimmed,
  (read) =>
    [1, 2].includes(listOf(read).length) && listOf(read).every((key) => key.length >= leastKey),
  'at least 32 characters, or two such keys separated by a comma',
);
const written = (pattern: RegExp, why: string): Reader<string> =>
  ruled(trimmed, (read) => pattern.test(read), why);

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** True for one of Microsoft's ids, or several separated by commas. */
export const areGuids = (setting: string): boolean => listOf(setting).every((id) => guid.test(id));

/** Such ids in small letters, as Microsoft's own tokens write them: only the same letters are the same tenant. */
const guids: Reader<string> = ruled(
  (value) => trimmed(value).toLowerCase(),
  areGuids,
  'not an id of Microsoft (a GUID), or several separated by commas',
);

/** Where a page stands: a path below it is appended. */
const page = ruled(address, (read) => /^https:[^?#]+$/i.test(read), 'an address https://… alone');

const doorSettings = {
  /** Signs survey tickets; doors hold it. One key or, while it is being replaced, the new one and the old one. */
  TICKET_KEY: longPair,
  /** One or, while rotating, two secrets separated by a comma. */
  SLACK_SIGNING_SECRET: maybe(trimmed),
  /** With these three the app is installed through us; without them a token is put into the secret store by hand. */
  SLACK_CLIENT_ID: maybe(trimmed),
  SLACK_CLIENT_SECRET: maybe(trimmed),
  /** Ids of workspaces (T…) and organisations (E…) that may install it, separated by commas. */
  SLACK_WORKSPACES: maybe(written(/^[TE][A-Z0-9]+(\s*,\s*[TE][A-Z0-9]+)*$/, 'ids T… or E…')),
  /** Seals their tokens: one key or, while it is being replaced, the new one and the old one separated by a comma. */
  SLACK_INSTALLATION_KEY: maybe(
    written(/^[^\s,]{32,}(\s*,\s*[^\s,]{32,})?$/, 'one or two keys of at least 32 characters'),
  ),
  /** Scopes beside the needed ones: users:read.email, im:history. */
  SLACK_SCOPES: maybe(trimmed),
  /** The bot's app id: one for all tenants, or one for each in their order, separated by commas. */
  TEAMS_APP_ID: maybe(guids),
  /** Tenant ids that may talk to the bot, separated by commas; the first one is the bot's own. */
  TEAMS_TENANTS: maybe(guids),
  /** Which of Microsoft's clouds the tenants lie in; the public one without it. */
  TEAMS_CLOUD: maybe(oneOf('public', 'gcc', 'gcc-high', 'dod', 'china')),
  /** The host under which Teams opens the personal tab; without it there is none. */
  TEAMS_TAB_HOST: maybe(
    written(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i, 'a host name alone'),
  ),
  /** Where ballots are given: inside the chat, or on a page of the agency's own. */
  BALLOT: or(oneOf(...ballotModes), 'chat'),
  /** The address under which people reach this door, for links to that page. */
  BALLOT_PAGE: maybe((value) => page(value).replace(/\/+$/, '')),
  /** Shown on that page, and in the bot's welcome. */
  AGENCY_NAME: maybe(trimmed),
} as const;

const jobSettings = {
  ...doorSettings,
  DATABASE_URL: trimmed,
  AGENCY_NAME: trimmed,
  AGENCY_LETTER: trimmed,
  AGENCY_CONTACT: trimmed,
  AGENCY_ZONE: or(ruled(trimmed, isZone, 'no IANA zone such as Asia/Makassar'), 'Asia/Jakarta'),
  /** Turns employee keys into pseudonyms. */
  ROSTER_KEY: long,
  /** The client secret of each app id, in their order; `managed-identity` where the bot is one. */
  TEAMS_APP_PASSWORD: maybe(trimmed),
  /** The app's id in each tenant's catalogue, in their order: lets the bot install itself where it is missing. */
  TEAMS_CATALOG_APPS: maybe(trimmed),
} as const;

/** What the jobs need. */
export type Config = Shape<typeof jobSettings>;

/** What a door needs: neither the database nor anything that names a person. */
export type DoorConfig = Shape<typeof doorSettings>;

type Env = Readonly<Record<string, string | undefined>>;

/** Reads the settings of the jobs from `env`; throws ConfigError naming every missing or wrong one. */
export const loadConfig = (env: Env): Config =>
  readSettings(jobSettings, env, platformFaults(env, ['TEAMS_APP_PASSWORD', 'TEAMS_TENANTS']));

/** Reads the settings of a door from `env`; throws ConfigError naming every missing or wrong one. */
export const loadDoorConfig = (env: Env): DoorConfig =>
  readSettings(doorSettings, env, platformFaults(env, ['TEAMS_TENANTS']));

/** What `readers` read of `env`; `further` faults found by the caller are reported in the same ConfigError. */
export const readSettings = <const R extends Readers>(
  readers: R,
  env: Env,
  further: readonly string[] = [],
): Shape<R> => {
  const faults = Object.entries(readers).flatMap(([name, reader]) => {
    const why = whyNot(reader, env[name]);
    return why === null ? [] : [`${name}: ${why}`];
  });
  const all = [...faults, ...further];
  if (all.length > 0)
    throw new ConfigError(
      `settings are incomplete:\n${all.map((fault) => `  ${fault}`).join('\n')}`,
    );
  return shape(readers)(env);
};

/** The values of a setting that holds several, separated by commas. */
export const listOf = (setting: string): readonly string[] =>
  setting
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');

const platformFaults = (env: Env, withTeams: readonly string[]): readonly string[] => {
  const faults: string[] = [];
  if (env['SLACK_SIGNING_SECRET'] === undefined && env['TEAMS_APP_ID'] === undefined)
    faults.push('SLACK_SIGNING_SECRET or TEAMS_APP_ID: one of them is needed');
  if (env['SLACK_CLIENT_ID'] !== undefined) faults.push(...installationFaults(env));
  if (env['TEAMS_APP_ID'] !== undefined) faults.push(...teamsFaults(env, withTeams));
  else if (env['TEAMS_TAB_HOST'] !== undefined)
    faults.push('TEAMS_APP_ID: needed with TEAMS_TAB_HOST');
  if (env['BALLOT'] === 'web')
    for (const name of ['BALLOT_PAGE', 'AGENCY_NAME'])
      if (!env[name]) faults.push(`${name}: needed with BALLOT=web`);
  return faults;
};

const installationFaults = (env: Env): readonly string[] =>
  ['SLACK_SIGNING_SECRET', 'SLACK_CLIENT_SECRET', 'SLACK_WORKSPACES', 'SLACK_INSTALLATION_KEY']
    .filter((name) => !env[name])
    .map((name) => `${name}: needed with SLACK_CLIENT_ID`);

/** One app id may serve several tenants; else every list tells of the same tenants in the same order. */
const teamsFaults = (env: Env, needed: readonly string[]): readonly string[] => {
  const count = (name: string): number => listOf(env[name] ?? '').length;
  const [apps, tenants] = [count('TEAMS_APP_ID'), count('TEAMS_TENANTS')];
  const faults = needed
    .filter((name) => count(name) === 0)
    .map((name) => `${name}: needed with TEAMS_APP_ID`);
  if (tenants > 0 && apps !== 1 && apps !== tenants)
    faults.push(`TEAMS_APP_ID: found ${apps}, allowed 1 or one for each of ${tenants} tenants`);
  const passwords = count('TEAMS_APP_PASSWORD');
  if (passwords > 0 && passwords !== apps)
    faults.push(`TEAMS_APP_PASSWORD: found ${passwords}, allowed one for each of ${apps} app ids`);
  const catalog = listOf(env['TEAMS_CATALOG_APPS'] ?? '');
  if (catalog.length > 0 && catalog.length !== tenants)
    faults.push(
      `TEAMS_CATALOG_APPS: found ${catalog.length}, allowed one for each of ${tenants} tenants`,
    );
  if (!areGuids(env['TEAMS_CATALOG_APPS'] ?? ''))
    faults.push('TEAMS_CATALOG_APPS: not an id of the catalogue (a GUID)');
  return faults;
};
