import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../../../functions/app/files.ts';
import type { Inbox } from '../../../functions/app/queue/inbox.ts';
import { openQueue } from '../../../functions/local/queue.ts';

const home = await mkdtemp(join(tmpdir(), 'langkah-queue-'));
afterAll(() => rm(home, { recursive: true, force: true }));
/** Handles entries one by one. */
const each = (handle: (body: string) => Promise<void>): Inbox => ({
  handle: (body) => handle(String(body)),
  isBallot: () => false,
  takeBallots: () => Promise.reject(new Error('no ballot was put')),
});
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

let count = 0;
let path = '';
beforeEach(() => {
  count += 1;
  path = join(home, `${count}.jsonl`);
});
const taken = async (file = path): Promise<readonly string[]> => {
  const queue = await openQueue(file, silent);
  const bodies: string[] = [];
  await queue.drain(
    each(async (body) => {
      bodies.push(body);
    }),
  );
  await queue.close();
  return bodies;
};

describe('the local queue', () => {
  it('has an entry on disk before it says so, and a killed run leaves it waiting', async () => {
    const queue = await openQueue(path, silent);
    await queue.put('satu');
    expect(await readFile(path, 'utf8')).toBe('"satu"\n');
    await Promise.all(['dua', 'tiga\nbaris'].map(queue.put));
    // No close: the process is gone. Whoever opens the file finds all of it, in order.
    expect(await taken()).toEqual(['satu', 'dua', 'tiga\nbaris']);
    expect(await readFile(path, 'utf8')).toBe('');
    expect(await taken()).toEqual([]);
    await queue.close();
  });

  it('writes an object once and gives it back, also one of several lines and one that an earlier version wrote as a text', async () => {
    const queue = await openQueue(path, silent);
    await queue.put('{"nama":"satu \\n dua"}');
    await queue.put('{\n"nama":"tiga"}');
    await appendFile(path, `${JSON.stringify('{"nama":"empat"}')}\n`);
    await queue.close();
    expect((await readFile(path, 'utf8')).split('\n')[0]).toBe('{"nama":"satu \\n dua"}');
    const opened = await openQueue(path, silent);
    const names: unknown[] = [];
    const inbox = {
      ...each(() => Promise.resolve()),
      handle: async (body: unknown) => void names.push(body),
    };
    await opened.drain(inbox);
    expect(names).toEqual(['satu \n dua', 'tiga', 'empat'].map((nama) => ({ nama })));
    await opened.close();
  });

  it('keeps whole the entry that follows one cut off by a crash', async () => {
    await appendFile(path, '"utuh"\n"terpoto');
    const queue = await openQueue(path, silent);
    await queue.put('berikutnya');
    expect(await taken()).toEqual(['utuh', 'berikutnya']);
    await queue.close();
  });

  it('handles each entry once when two drain at the same time', async () => {
    const queue = await openQueue(path, silent);
    const bodies = Array.from({ length: 20 }, (_, index) => `b${index}`);
    await Promise.all(bodies.map(queue.put));
    const handled: string[] = [];
    const handle = async (body: string) => {
      await new Promise((next) => setImmediate(next));
      handled.push(body);
    };
    const counts = await Promise.all([queue.drain(each(handle)), queue.drain(each(handle))]);
    expect(handled).toEqual(bodies);
    expect(counts[0] + counts[1]).toBe(20);
    await queue.close();
  });

  it('sets an entry aside after five tries and goes on with the next', async () => {
    const queue = await openQueue(path, silent);
    await queue.put('rusak');
    await queue.put('baik');
    const tried: string[] = [];
    await queue.drain(
      each(async (body) => {
        tried.push(body);
        if (body === 'rusak') throw new Error('cannot');
      }),
    );
    expect(tried).toEqual([...Array.from({ length: 5 }, () => 'rusak'), 'baik']);
    expect(await readFile(`${path}.dead`, 'utf8')).toBe('"rusak"\n');
    await queue.close();
    expect(await taken()).toEqual([]);
  });

  it('gives back what was put while it drained', async () => {
    const queue = await openQueue(path, silent);
    await queue.put('a');
    const handled: string[] = [];
    await queue.drain(
      each(async (body) => {
        handled.push(body);
        if (body === 'a') await queue.put('b');
      }),
    );
    expect(handled).toEqual(['a', 'b']);
    await queue.close();
  });

  it('hands over ballots that follow one another together, and nothing past an entry that is none', async () => {
    const queue = await openQueue(path, silent, { synced: true });
    const bodies = ['s1', 's2', 'teks', 's3', 's4', 's5'];
    for (const body of bodies) await queue.put(body);
    const handed: unknown[] = [];
    const inbox: Inbox = {
      handle: async (body) => void handed.push(body),
      isBallot: (body) => String(body).startsWith('s'),
      takeBallots: async (some) => void handed.push(some),
    };
    expect(await queue.drain(inbox)).toBe(6);
    expect(handed).toEqual([['s1', 's2'], 'teks', ['s3', 's4', 's5']]);
    await queue.close();
  });

  it('takes ballots one by one where they cannot be taken together, and sets aside the broken one alone', async () => {
    const queue = await openQueue(path, silent);
    await Promise.all(['s1', 'rusak', 's2'].map(queue.put));
    const handled: unknown[] = [];
    await queue.drain({
      handle: async (body) => {
        if (body === 'rusak') throw new Error('cannot');
        handled.push(body);
      },
      isBallot: () => true,
      takeBallots: () => Promise.reject(new Error('one of them is broken')),
    });
    expect(handled).toEqual(['s1', 's2']);
    expect(await readFile(`${path}.dead`, 'utf8')).toBe('"rusak"\n');
    await queue.close();
  });
});

/** A program that puts a small entry, one for which a file has no room, and two small ones at once. */
const littleRoom = `
  import { openQueue } from './functions/local/queue.ts';
  const told = [];
  const log = { info: () => {}, warn: () => {}, error: (event, { kind }) => told.push(event, kind) };
  const queue = await openQueue(process.argv[1], log, { synced: true });
  const put = (body) => queue.put(body).then(() => 'kept', (error) => error.code);
  told.push(await put('satu'), await put('x'.repeat(9_000_000)));
  told.push(...(await Promise.all([put('dua'), put('tiga')])));
  await queue.drain({ isBallot: () => false, handle: async (body) => void told.push(body) });
  told.push(await put('empat'));
  await queue.close();
  console.log(told.join(' '));
`;

describe('a disk without room', () => {
  it('takes entries again once there is room', async () => {
    // A file may grow to a few megabytes here: a write beyond is cut short as on a full disk.
    const limited = ['-c', 'ulimit -f 8192; exec "$@"', 'sh', process.execPath];
    const module = ['--import', 'tsx', '--input-type=module', '-e', littleRoom, path];
    const { stdout } = await promisify(execFile)('sh', [...limited, ...module], { cwd: root });
    expect(stdout.trim()).toBe('queue.not-written EFBIG kept EFBIG kept kept satu dua tiga kept');
    expect(await readFile(path, 'utf8')).toBe('"empat"\n');
    expect(await taken()).toEqual(['empat']);
  });
});

describe('waits between tries', () => {
  /** Fails until `from`, told by a clock that only waiting moves. */
  const outage = (from: number) => {
    const state = { at: 0, tries: 0, handled: 0 };
    const inbox = each(async () => {
      state.tries += 1;
      if (state.at < from) throw new Error('no connection');
      state.handled += 1;
    });
    const wait = async (milliseconds: number) => {
      state.at += milliseconds;
    };
    return { state, inbox, wait };
  };

  it('an outage of seconds sets nothing aside', async () => {
    const { state, inbox, wait } = outage(20_000);
    const queue = await openQueue(path, silent, { synced: true, wait });
    await queue.put('Berhenti');
    await queue.drain(inbox);
    expect(state).toMatchObject({ handled: 1, at: 26_200 });
    expect(await queue.ballots({ isBallot: () => true })).toEqual({ waiting: 0, dead: 0 });
    await queue.close();
  });

  it('end when the queue is closed, and the entry is there at the next start', async () => {
    const never = () => new Promise<void>(() => undefined);
    const queue = await openQueue(path, silent, { synced: true, wait: never });
    await queue.put('Berhenti');
    const { state, inbox } = outage(1);
    const draining = queue.drain(inbox);
    await expect.poll(() => state.tries, { timeout: 10_000 }).toBe(1);
    await queue.close();
    expect(await draining).toBe(0);
    expect(await taken()).toEqual(['Berhenti']);
  });
});
