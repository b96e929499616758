/** The log of a deployed host: one JSON line per event. */
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/ports.ts';

/** Names under which a content or a secret might slip into a line; what they hold is not written. */
const hidden = ['authorization', 'body', 'comment', 'password', 'secret', 'text', 'token', 'value'];

/** Lines go to standard output, or to `destination`; their time is the clock's. */
export const jsonLog = (
  clock: Pick<Clock, 'now'>,
  // On Linux written at once: a function may be frozen as soon as it has answered, and a buffered line with it.
  destination: { readonly write: (line: string) => unknown } = {
    write: (line) => process.stdout.write(line),
  },
): Log => {
  const writing =
    (level: keyof Log): Log['info'] =>
    (event, fields = {}) => {
      const shown = Object.entries(fields).map(([name, value]) => [
        name,
        hidden.includes(name) ? '[Redacted]' : value,
      ]);
      const line = { level, time: clock.now(), ...Object.fromEntries(shown), event };
      destination.write(`${JSON.stringify(line)}\n`);
    };
  return { info: writing('info'), warn: writing('warn'), error: writing('error') };
};
