/** The log of a deployed host: one JSON line per event. */
import { type DestinationStream, pino } from 'pino';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/ports.ts';

/** Names under which a content or a secret might slip into a line; what they hold is not written. */
const hidden = ['authorization', 'body', 'comment', 'password', 'secret', 'text', 'token', 'value'];

/** Lines go to standard output, or to `destination`; their time is the clock's. */
export const jsonLog = (
  clock: Pick<Clock, 'now'>,
  // Written at once: a function may be frozen as soon as it has answered, and a buffered line with it.
  destination: DestinationStream = pino.destination({ fd: 1, sync: true }),
): Log => {
  const options = {
    base: null,
    messageKey: 'event',
    timestamp: () => `,"time":"${clock.now().toISOString()}"`,
    formatters: { level: (level: string) => ({ level }) },
    redact: hidden,
  };
  const lines = pino(options, destination);
  return {
    info: (event, fields = {}) => lines.info(fields, event),
    warn: (event, fields = {}) => lines.warn(fields, event),
    error: (event, fields = {}) => lines.error(fields, event),
  };
};
