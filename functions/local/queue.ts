/**
 * The local durable queue: an append-only file, written before the door answers, drained in order. Like the local
 * store's commits it survives a killed process; it does not wait for the disk against a power cut.
 */
import { appendFile, mkdir, open, readFile, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Log, Queue } from '../../core/ports.ts';

export type LocalQueue = Queue & {
  /** Handles everything waiting, in order; returns how many entries were handled. */
  readonly drain: (handle: (body: string) => Promise<void>) => Promise<number>;
  readonly close: () => Promise<void>;
};

/** Tries of one entry before it goes to the dead letters. */
const tries = 5;

/** Opens the queue of `path`; entries a killed run left behind are waiting again. */
export const openQueue = async (path: string, log: Log): Promise<LocalQueue> => {
  await mkdir(dirname(path), { recursive: true });
  const waiting: string[] = await takeUp(path);
  const file = await open(path, 'a', 0o600);
  let writing: Promise<void> = Promise.resolve();
  let unwritten: string[] = [];
  let draining: Promise<unknown> = Promise.resolve();

  // Bodies that arrive while one write is on its way share the next one.
  const flush = async (): Promise<void> => {
    const lines = unwritten;
    unwritten = [];
    if (lines.length === 0) return;
    await file.appendFile(lines.map((line) => `${line}\n`).join(''));
    waiting.push(...lines);
  };

  // Handling twice changes nothing, so the file is emptied only when all of it was handled.
  const empty = async (): Promise<void> => {
    if (waiting.length === 0) await file.truncate(0);
  };

  const handleOne = async (line: string, handle: (body: string) => Promise<void>) => {
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      try {
        await handle(JSON.parse(line));
        return;
      } catch (error) {
        const kind = error instanceof Error ? error.name : 'unknown';
        log.warn('queue.failed', { attempt, kind });
      }
    }
    await appendFile(`${path}.dead`, `${line}\n`);
    log.error('queue.dead-letter', { tries });
  };

  const drain = async (handle: (body: string) => Promise<void>): Promise<number> => {
    let handled = 0;
    for (let line = waiting[0]; line !== undefined; line = waiting[0]) {
      await handleOne(line, handle);
      waiting.shift();
      handled += 1;
    }
    if (handled > 0) writing = writing.then(empty);
    return handled;
  };

  return {
    put: async (body) => {
      unwritten.push(JSON.stringify(body));
      writing = writing.then(flush);
      await writing;
    },
    drain: (handle) => {
      // One after the other: two at once would each drop an entry that only one has handled.
      const drained = draining.then(() => drain(handle));
      draining = drained.catch(() => undefined);
      return drained;
    },
    close: async () => {
      await writing;
      await file.close();
    },
  };
};

/** The whole lines of the file. One cut off by a crash was never acknowledged and is removed, or the next would join it. */
const takeUp = async (path: string): Promise<string[]> => {
  const bytes = await readFile(path).catch(() => Buffer.alloc(0));
  const whole = bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
  if (whole.length < bytes.length) await truncate(path, whole.length);
  return whole
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
};
