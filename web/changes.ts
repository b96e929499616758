/** A stream that tells open pages of changes, as server-sent events. */
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';

/** Milliseconds of silence after which a beat shows that the line still stands. */
const heartbeat = 15_000;

/** One `berubah` event a change, `detak` in between; the page then asks for what it shows. */
export const changes = (c: Context, subscribe: (listener: () => void) => () => void): Response =>
  streamSSE(c, async (stream) => {
    let wake = (): void => undefined;
    let changed = false;
    const stop = subscribe(() => {
      changed = true;
      wake();
    });
    stream.onAbort(() => {
      stop();
      wake();
    });
    try {
      while (!stream.aborted) {
        // Cleared before the write: a change during the write is told by the next round.
        const event = changed ? 'berubah' : 'detak';
        changed = false;
        await stream.writeSSE({ event, data: '' });
        if (changed) continue;
        await new Promise<void>((done) => {
          const timer = setTimeout(done, heartbeat);
          wake = () => {
            clearTimeout(timer);
            done();
          };
          if (stream.aborted || changed) wake();
        });
      }
    } finally {
      stop();
    }
  });
