/**
 * The local durable queue: an append-only file, written before the door answers, drained in order. Like the local
 * store's commits it survives a killed process, and waits for the disk against a power cut only where told to.
 */
import { appendFile, constants, mkdir, open, readFile, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { Log, Queue, Unhandled } from '../../core/ports.ts';
import { entryOf } from '../app/queue/entry.ts';
import type { Inbox } from '../app/queue/inbox.ts';

export type LocalQueue = Queue & {
  /** Hands over everything waiting, in order, ballots that follow one another together; returns how many entries. */
  readonly drain: (inbox: Inbox) => Promise<number>;
  /** Ballots that wait, and ballots among the dead letters. */
  readonly ballots: (inbox: Pick<Inbox, 'isBallot'>) => Promise<Unhandled>;
  readonly close: () => Promise<void>;
};

/** Tries of one entry before it goes to the dead letters. */
const tries = 5;

/** Every write waits for the disk: one call instead of a write and a sync. */
const appendSynced =
  constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_DSYNC;

/** Most ballots handed over together: few enough that a door beside the drain waits milliseconds only. */
const mostTogether = 64;

/**
 * Opens the queue of `path`; entries a killed run left behind are waiting again. A `synced` queue has an entry on the
 * disk before it says so.
 */
export const openQueue = async (
  path: string,
  log: Log,
  { synced }: { readonly synced: boolean } = { synced: false },
): Promise<LocalQueue> => {
  await mkdir(dirname(path), { recursive: true });
  const waiting: string[] = await takeUp(path);
  const file = await open(path, synced ? appendSynced : 'a', 0o600);
  const hand = handing(path, log);
  let writing: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  let unwritten: string[] = [];
  let draining: Promise<unknown> = Promise.resolve();

  // Bodies that arrive while one write is on its way, or in the same turn, share the next one.
  const flush = async (): Promise<void> => {
    await turn();
    const lines = unwritten;
    unwritten = [];
    next = null;
    await file.appendFile(lines.map((line) => `${line}\n`).join(''));
    waiting.push(...lines);
  };

  // Handling twice changes nothing, so the file is emptied only when all of it was handled.
  const empty = async (): Promise<void> => {
    if (waiting.length === 0) await file.truncate(0);
  };

  const drain = async (inbox: Inbox): Promise<number> => {
    let handled = 0;
    while (waiting.length > 0) {
      const entries = nextEntries(waiting, inbox);
      await hand(entries, inbox);
      waiting.splice(0, entries.length);
      handled += entries.length;
    }
    if (handled > 0) writing = writing.then(empty);
    return handled;
  };

  return {
    put: async (body) => {
      unwritten.push(lineOf(body));
      if (next === null) {
        next = writing.then(flush);
        writing = next;
      }
      await next;
    },
    drain: (inbox) => {
      // One after the other: two at once would each drop an entry that only one has handled.
      const drained = draining.then(() => drain(inbox));
      draining = drained.catch(() => undefined);
      return drained;
    },
    ballots: async ({ isBallot }) => {
      await writing;
      const count = (lines: readonly string[]): number =>
        lines.filter((line) => isBallot(bodyOf(line))).length;
      return { waiting: count(waiting), dead: count(linesOf(await readBytes(`${path}.dead`))) };
    },
    close: async () => {
      await writing;
      await file.close();
    },
  };
};

type Entry = { readonly line: string; readonly body: unknown };

/** Hands entries over, and sets aside those that fail again and again. */
const handing = (path: string, log: Log) => {
  const failed = (attempt: number, error: unknown): void =>
    log.warn('queue.failed', { attempt, kind: error instanceof Error ? error.name : 'unknown' });

  const handleOne = async ({ line, body }: Entry, inbox: Inbox): Promise<void> => {
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      try {
        await inbox.handle(body);
        return;
      } catch (error) {
        failed(attempt, error);
      }
    }
    await appendFile(`${path}.dead`, `${line}\n`);
    log.error('queue.dead-letter', { tries });
  };

  return async (entries: readonly Entry[], inbox: Inbox): Promise<void> => {
    try {
      if (entries.length > 1) return await inbox.takeBallots(entries.map(({ body }) => body));
    } catch (error) {
      failed(1, error);
    }
    // Each by itself: one broken entry holds up no other.
    for (const entry of entries) await handleOne(entry, inbox);
  };
};

/** The next entry, or the ballots up to the next entry that is none. */
const nextEntries = (waiting: readonly string[], { isBallot }: Inbox): readonly Entry[] => {
  const entries: Entry[] = [];
  for (const line of waiting.slice(0, mostTogether)) {
    const body = bodyOf(line);
    const ballot = isBallot(body);
    if (ballot || entries.length === 0) entries.push({ line, body });
    if (!ballot) break;
  }
  return entries;
};

/** A line of its own: an object written on one line as it stands, any other text as a JSON string. */
const lineOf = (body: string): string =>
  body.startsWith('{') && !body.includes('\n') ? body : JSON.stringify(body);

/** What was put, as a value. */
const bodyOf = (line: string): unknown => entryOf(entryOf(line));

/** The whole lines of the file. One cut off by a crash was never acknowledged and is removed, or the next would join it. */
const takeUp = async (path: string): Promise<string[]> => {
  const bytes = await readBytes(path);
  const whole = bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
  if (whole.length < bytes.length) await truncate(path, whole.length);
  return linesOf(whole);
};

const readBytes = (path: string): Promise<Buffer> => readFile(path).catch(() => Buffer.alloc(0));

const linesOf = (bytes: Buffer): string[] =>
  bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
