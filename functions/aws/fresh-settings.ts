/** Settings of a warm function: a corrected one is taken up within minutes, without a new start. */
import type { Clock } from '../../core/clock.ts';
import { ConfigError } from '../../core/errors.ts';
import type { Log, Secrets } from '../../core/ports.ts';
import { withSecrets } from './settings.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Milliseconds for which settings count as they were read. */
const fresh = 5 * 60_000;

/** What settings make: a handler, and the end of all that it holds. */
type Opened<E, R> = {
  readonly handle: (event: E) => Promise<R>;
  readonly close: () => Promise<unknown>;
};

type Parts<E, R> = {
  /** Looked at once: what Lambda writes into it with every event, as the name of its trace, is no setting. */
  readonly env: Env;
  /** Where the settings are read that `env` names, again and again. */
  readonly secrets: Pick<Secrets, 'get'>;
  /** Throws ConfigError for wrong ones. */
  readonly open: (env: Env) => Promise<Opened<E, R>>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
};

/**
 * Handles events by settings as they are or were minutes ago. Lambda hands over one event at a time, so nobody works with
 * what is closed. Settings that cannot be read, or are wrong, stop the start; later they leave everything as it was.
 */
export const withFreshSettings = async <E, R>(
  parts: Parts<E, R>,
): Promise<(event: E) => Promise<R>> => {
  const { secrets, open, clock } = parts;
  const env = { ...parts.env };
  let readAt = clock.now();
  let settings = await withSecrets(env, secrets);
  let opened = await open(settings);
  const renew = async (): Promise<void> => {
    const found = await withSecrets(env, secrets);
    if (JSON.stringify(found) === JSON.stringify(settings)) return;
    const { close } = opened;
    opened = await open(found);
    settings = found;
    parts.log.info('settings.taken-up');
    await close();
  };
  return async (event) => {
    const now = clock.now();
    if (now.getTime() - readAt.getTime() >= fresh) {
      // Before anything is asked: what fails is not tried again with every event.
      readAt = now;
      await renew().catch((error: unknown) =>
        parts.log.error('settings.not-taken-up', { reason: whyNot(error) }),
      );
    }
    return opened.handle(event);
  };
};

/** Faults of settings are told by name and never by value; of any other error its kind is told alone. */
const whyNot = (error: unknown): string => {
  if (error instanceof ConfigError) return error.message;
  return error instanceof Error ? error.name : '';
};
