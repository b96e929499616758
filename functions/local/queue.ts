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
  /** Ends the wait between two tries and closes the file; what is not handled waits for the next start. */
  readonly close: () => Promise<void>;
};

/** Milliseconds before each further try of an entry: together longer than a database takes to come back. */
const pauses = [200, 1_000, 5_000, 20_000] as const;

/** Tries of one entry before it goes to the dead letters. */
const tries = pauses.length + 1;

/** Every write waits for the disk: one call instead of a write and a sync. */
const appendSynced =
  constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_DSYNC;

/** Most ballots handed over together: few enough that a door beside the drain waits milliseconds only. */
const mostTogether = 64;

type Ways = {
  /** An entry is on the disk before `put` says so. */
  readonly synced?: boolean;
  /** Waits between two tries of an entry; without it the next try follows at once. */
  readonly wait?: (milliseconds: number) => Promise<void>;
};

/**
 * Opens the queue of `path`; entries a killed run left behind are waiting again. A `put` that the disk refuses rejects
 * alone, and leaves nothing behind.
 */
export const openQueue = async (path: string, log: Log, ways: Ways = {}): Promise<LocalQueue> => {
  await mkdir(dirname(path), { recursive: true });
  const { file, waiting } = await openFile(path, ways.synced ?? false);
  const closing = closable();
  const hand = handing({ path, log, pause: (time) => closing.race(ways.wait?.(time)) });
  let writing: Promise<unknown> = Promise.resolve();
  let next: Promise<void> | null = null;
  let unwritten: string[] = [];
  let draining: Promise<unknown> = Promise.resolve();

  // Bodies that arrive while one write is on its way, or in the same turn, share the next one.
  const flush = async (): Promise<void> => {
    await turn();
    const lines = unwritten;
    unwritten = [];
    next = null;
    await file.append(lines);
    waiting.push(...lines);
  };
  const told = (event: string) => (error: unknown) => log.error(event, { kind: codeOf(error) });

  // Handling twice changes nothing, so the file is emptied only when all of it was handled.
  const empty = async (): Promise<void> => {
    if (waiting.length === 0) await file.empty();
  };

  const drain = async (inbox: Inbox): Promise<number> => {
    let handled = 0;
    while (waiting.length > 0 && !closing.begun()) {
      const entries = nextEntries(waiting, inbox);
      if (!(await hand(entries, inbox))) break;
      waiting.splice(0, entries.length);
      handled += entries.length;
    }
    if (handled > 0) writing = writing.then(empty).catch(told('queue.not-emptied'));
    return handled;
  };

  return {
    put: async (body) => {
      unwritten.push(lineOf(body));
      if (next === null) {
        next = writing.then(flush);
        // Only those who wait for this write hear of its failure; the next write has its own.
        writing = next.catch(told('queue.not-written'));
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
      closing.begin();
      await draining;
      await writing;
      await file.close();
    },
  };
};

/** The file holds whole lines alone: what a write that failed left of itself is cut off before the next one. */
const openFile = async (path: string, synced: boolean) => {
  const taken = await takeUp(path);
  const file = await open(path, synced ? appendSynced : 'a', 0o600);
  let { length } = taken;
  let spoilt = false;
  const mend = async (): Promise<void> => {
    if (!spoilt) return;
    await file.truncate(length);
    spoilt = false;
  };
  const append = async (lines: readonly string[]): Promise<void> => {
    await mend();
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    try {
      await file.appendFile(bytes);
      length += bytes.length;
    } catch (error) {
      spoilt = true;
      await mend().catch(() => undefined);
      throw error;
    }
  };
  const empty = async (): Promise<void> => {
    await file.truncate(0);
    length = 0;
    spoilt = false;
  };
  return { file: { append, empty, close: () => file.close() }, waiting: taken.lines };
};

/** A wait that closing ends. */
const closable = () => {
  let begun = false;
  let wake: () => void = () => undefined;
  const closed = new Promise<void>((done) => {
    wake = done;
  });
  return {
    begun: () => begun,
    begin: () => {
      begun = true;
      wake();
    },
    /** False once closing has begun. */
    race: async (wait: Promise<void> | undefined): Promise<boolean> => {
      await Promise.race([wait, closed]);
      return !begun;
    },
  };
};

type Entry = { readonly line: string; readonly body: unknown };

/** Hands entries over, and sets aside those that fail again and again; false where closing came first. */
const handing = (given: {
  readonly path: string;
  readonly log: Log;
  readonly pause: (milliseconds: number) => Promise<boolean>;
}) => {
  const { path, log, pause } = given;
  const failed = (attempt: number, error: unknown): void =>
    log.warn('queue.failed', { attempt, kind: error instanceof Error ? error.name : 'unknown' });

  const handleOne = async ({ line, body }: Entry, inbox: Inbox): Promise<boolean> => {
    for (const [index, milliseconds] of [0, ...pauses].entries()) {
      if (index > 0 && !(await pause(milliseconds))) return false;
      try {
        await inbox.handle(body);
        return true;
      } catch (error) {
        failed(index + 1, error);
      }
    }
    await appendFile(`${path}.dead`, `${line}\n`);
    log.error('queue.dead-letter', { tries });
    return true;
  };

  return async (entries: readonly Entry[], inbox: Inbox): Promise<boolean> => {
    try {
      if (entries.length > 1) {
        await inbox.takeBallots(entries.map(({ body }) => body));
        return true;
      }
    } catch (error) {
      failed(1, error);
    }
    // Each by itself: one broken entry holds up no other.
    for (const entry of entries) if (!(await handleOne(entry, inbox))) return false;
    return true;
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
const takeUp = async (path: string): Promise<{ lines: string[]; length: number }> => {
  const bytes = await readBytes(path);
  const whole = bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
  if (whole.length < bytes.length) await truncate(path, whole.length);
  return { lines: linesOf(whole), length: whole.length };
};

const readBytes = (path: string): Promise<Buffer> => readFile(path).catch(() => Buffer.alloc(0));

const linesOf = (bytes: Buffer): string[] =>
  bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');

/** What the system calls the failure, or its name. */
const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error ? String(error.code) : error.name;
};
