/** Settings of a deployed host: every fault is reported at once, by name and never by value. */
import * as z from 'zod';
import { ConfigError } from './errors.ts';

const filled = z.string().trim().min(1);

const schema = z.object({
  DATABASE_URL: filled,
  AGENCY_NAME: filled,
  AGENCY_LETTER: filled,
  AGENCY_CONTACT: filled,
  AGENCY_ZONE: filled.default('Asia/Jakarta'),
  /** Signs survey tickets; doors hold it. */
  TICKET_KEY: filled.min(32, 'at least 32 characters'),
  /** Turns employee keys into pseudonyms. */
  ROSTER_KEY: filled.min(32, 'at least 32 characters'),
  /** One or, while rotating, two secrets separated by a comma. */
  SLACK_SIGNING_SECRET: filled.optional(),
  TEAMS_APP_ID: filled.optional(),
  TEAMS_APP_PASSWORD: filled.optional(),
  /** Tenant ids that may talk to the bot, separated by commas. */
  TEAMS_TENANTS: filled.optional(),
});

export type Config = z.infer<typeof schema>;

/** Reads the settings of a deployed host from `env`; throws ConfigError naming every missing or wrong one. */
export const loadConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const read = schema.safeParse(env);
  const faults = read.success ? [] : read.error.issues.map((issue) => describe(issue));
  if (env['SLACK_SIGNING_SECRET'] === undefined && env['TEAMS_APP_ID'] === undefined)
    faults.push('SLACK_SIGNING_SECRET or TEAMS_APP_ID: one of them is needed');
  if (env['TEAMS_APP_ID'] !== undefined)
    for (const name of ['TEAMS_APP_PASSWORD', 'TEAMS_TENANTS'])
      if (!env[name]) faults.push(`${name}: needed with TEAMS_APP_ID`);
  if (!read.success || faults.length > 0)
    throw new ConfigError(
      `settings are incomplete:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    );
  return read.data;
};

const describe = (issue: z.core.$ZodIssue): string =>
  `${issue.path.join('.')}: ${issue.code === 'invalid_type' ? 'missing' : issue.message}`;
