/** Settings of a deployed host: every fault is reported at once, by name and never by value. */
import * as z from 'zod';
import { ConfigError } from './errors.ts';
import { ballotModes } from './survey/form.ts';

const filled = z.string().trim().min(1);

const doorSchema = z.object({
  /** Signs survey tickets; doors hold it. */
  TICKET_KEY: filled.min(32, 'at least 32 characters'),
  /** One or, while rotating, two secrets separated by a comma. */
  SLACK_SIGNING_SECRET: filled.optional(),
  /** With these three the app is installed through us; without them a token is put into the secret store by hand. */
  SLACK_CLIENT_ID: filled.optional(),
  SLACK_CLIENT_SECRET: filled.optional(),
  /** Ids of workspaces (T…) and organisations (E…) that may install it, separated by commas. */
  SLACK_WORKSPACES: filled
    .regex(/^[TE][A-Z0-9]+(\s*,\s*[TE][A-Z0-9]+)*$/, 'ids T… or E…')
    .optional(),
  /** Seals their tokens: one key or, while it is being replaced, the new one and the old one separated by a comma. */
  SLACK_INSTALLATION_KEY: filled
    .regex(/^[^\s,]{32,}(\s*,\s*[^\s,]{32,})?$/, 'one or two keys of at least 32 characters')
    .optional(),
  /** Scopes beside the needed ones: users:read.email, im:history. */
  SLACK_SCOPES: filled.optional(),
  /** The bot's app id: one for all tenants, or one for each in their order, separated by commas. */
  TEAMS_APP_ID: filled.optional(),
  /** Tenant ids that may talk to the bot, separated by commas; the first one is the bot's own. */
  TEAMS_TENANTS: filled.optional(),
  /** Where ballots are given: inside the chat, or on a page of the agency's own. */
  BALLOT: z.enum(ballotModes).default('chat'),
  /** The address under which people reach this door, for links to that page. */
  BALLOT_PAGE: z
    .url({ protocol: /^https$/ })
    .regex(/^[^?#]+$/)
    .transform((address) => address.replace(/\/+$/, ''))
    .optional(),
  /** Shown on that page, and in the bot's welcome. */
  AGENCY_NAME: filled.optional(),
});

const schema = doorSchema.extend({
  DATABASE_URL: filled,
  AGENCY_NAME: filled,
  AGENCY_LETTER: filled,
  AGENCY_CONTACT: filled,
  AGENCY_ZONE: filled.default('Asia/Jakarta'),
  /** Turns employee keys into pseudonyms. */
  ROSTER_KEY: filled.min(32, 'at least 32 characters'),
  /** The client secret of each app id, in their order; `managed-identity` where the bot is one. */
  TEAMS_APP_PASSWORD: filled.optional(),
  /** The app's id in each tenant's catalogue, in their order: lets the bot install itself where it is missing. */
  TEAMS_CATALOG_APPS: filled.optional(),
});

/** What the jobs need. */
export type Config = z.infer<typeof schema>;

/** What a door needs: neither the database nor anything that names a person. */
export type DoorConfig = z.infer<typeof doorSchema>;

type Env = Readonly<Record<string, string | undefined>>;

/** Reads the settings of the jobs from `env`; throws ConfigError naming every missing or wrong one. */
export const loadConfig = (env: Env): Config =>
  readSettings(schema, env, platformFaults(env, ['TEAMS_APP_PASSWORD', 'TEAMS_TENANTS']));

/** Reads the settings of a door from `env`; throws ConfigError naming every missing or wrong one. */
export const loadDoorConfig = (env: Env): DoorConfig =>
  readSettings(doorSchema, env, platformFaults(env, ['TEAMS_TENANTS']));

/** What `schema` names in `env`; `further` faults found by the caller are reported in the same ConfigError. */
export const readSettings = <T>(
  schema: z.ZodType<T>,
  env: Env,
  further: readonly string[] = [],
): T => {
  const read = schema.safeParse(env);
  const faults = [...(read.error?.issues.map(describe) ?? []), ...further];
  if (!read.success || faults.length > 0)
    throw new ConfigError(
      `settings are incomplete:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    );
  return read.data;
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
  if (env['BALLOT'] === 'web')
    for (const name of ['BALLOT_PAGE', 'AGENCY_NAME'])
      if (!env[name]) faults.push(`${name}: needed with BALLOT=web`);
  return faults;
};

const installationFaults = (env: Env): readonly string[] =>
  ['SLACK_SIGNING_SECRET', 'SLACK_CLIENT_SECRET', 'SLACK_WORKSPACES', 'SLACK_INSTALLATION_KEY']
    .filter((name) => !env[name])
    .map((name) => `${name}: needed with SLACK_CLIENT_ID`);

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

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
  if (catalog.some((id) => !guid.test(id)))
    faults.push('TEAMS_CATALOG_APPS: not an id of the catalogue (a GUID)');
  return faults;
};

const describe = (issue: z.core.$ZodIssue): string =>
  `${issue.path.join('.')}: ${issue.code === 'invalid_type' ? 'missing' : issue.message}`;
