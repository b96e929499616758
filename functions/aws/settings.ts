/** Settings on AWS: the environment names secrets, and their JSON holds the values. */

import { ConfigError } from '../../core/errors.ts';
import type { Secrets } from '../../core/ports.ts';
import { type Reader, readOr, recordOf, ruled, shape, text } from '../../core/shape.ts';

type Env = Readonly<Record<string, string | undefined>>;

const values = recordOf(text);

/** As Secrets Manager writes it for a cluster (docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html). */
const login = shape({
  username: text,
  password: text,
  host: text,
  port: ruled(Number, Number.isFinite, 'no number'),
  dbname: text,
});

/**
 * The environment with the values of the secrets that SETTINGS_SECRETS lists by name, and with DATABASE_URL made from the
 * one that DATABASE_SECRET names. Empty values count as missing.
 */
export const withSecrets = async (env: Env, secrets: Pick<Secrets, 'get'>): Promise<Env> => {
  const names = (env['SETTINGS_SECRETS'] ?? '').split(',').filter((name) => name !== '');
  const bodies = await Promise.all(names.map((name) => read(secrets, name, values)));
  const filled = bodies
    .flatMap((body) => Object.entries(body))
    .filter(([, value]) => value.trim() !== '');
  const given = env['DATABASE_SECRET'];
  const database = given === undefined ? {} : { DATABASE_URL: await databaseUrl(secrets, given) };
  return { ...env, ...Object.fromEntries(filled), ...database };
};

const databaseUrl = async (secrets: Pick<Secrets, 'get'>, name: string): Promise<string> => {
  const { username, password, host, port, dbname } = await read(secrets, name, login);
  const user = `${encodeURIComponent(username)}:${encodeURIComponent(password)}`;
  return `postgres://${user}@${host}:${port}/${dbname}`;
};

const read = async <T>(
  secrets: Pick<Secrets, 'get'>,
  name: string,
  reader: Reader<T>,
): Promise<T> => {
  const json = await secrets.get(name);
  if (json === null) throw new ConfigError(`there is no secret ${name}`);
  const body = readOr(reader, readJson(json));
  // Only the name: what was found is a secret.
  if (body === null) throw new ConfigError(`secret ${name} does not hold the expected JSON`);
  return body;
};

const readJson = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
};
