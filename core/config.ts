/** Settings of a deployed host: every fault is reported at once, by name and never by value. */
import * as z from 'zod';
import { ConfigError } from './errors.ts';

const filled = z.string().trim().min(1);

const doorSchema = z.object({
  /** Signs survey tickets; doors hold it. */
  TICKET_KEY: filled.min(32, 'at least 32 characters'),
  /** One or, while rotating, two secrets separated by a comma. */
  SLACK_SIGNING_SECRET: filled.optional(),
  TEAMS_APP_ID: filled.optional(),
  /** Tenant ids that may talk to the bot, separated by commas; the first one is the bot's own. */
  TEAMS_TENANTS: filled.optional(),
});

const schema = doorSchema.extend({
  DATABASE_URL: filled,
  AGENCY_NAME: filled,
  AGENCY_LETTER: filled,
  AGENCY_CONTACT: filled,
  AGENCY_ZONE: filled.default('Asia/Jakarta'),
  /** Turns employee keys into pseudonyms. */
  ROSTER_KEY: filled.min(32, 'at least 32 characters'),
  TEAMS_APP_PASSWORD: filled.optional(),
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
  if (env['TEAMS_APP_ID'] !== undefined)
    for (const name of withTeams) if (!env[name]) faults.push(`${name}: needed with TEAMS_APP_ID`);
  return faults;
};

const describe = (issue: z.core.$ZodIssue): string =>
  `${issue.path.join('.')}: ${issue.code === 'invalid_type' ? 'missing' : issue.message}`;
