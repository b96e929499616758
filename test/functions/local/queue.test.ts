import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { openQueue } from '../../../functions/local/queue.ts';

const home = await mkdtemp(join(tmpdir(), 'langkah-queue-'));
afterAll(() => rm(home, { recursive: true, force: true }));
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
  await queue.drain(async (body) => {
    bodies.push(body);
  });
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
    const counts = await Promise.all([queue.drain(handle), queue.drain(handle)]);
    expect(handled).toEqual(bodies);
    expect(counts[0] + counts[1]).toBe(20);
    await queue.close();
  });

  it('sets an entry aside after five tries and goes on with the next', async () => {
    const queue = await openQueue(path, silent);
    await queue.put('rusak');
    await queue.put('baik');
    const tried: string[] = [];
    await queue.drain(async (body) => {
      tried.push(body);
      if (body === 'rusak') throw new Error('cannot');
    });
    expect(tried).toEqual([...Array.from({ length: 5 }, () => 'rusak'), 'baik']);
    expect(await readFile(`${path}.dead`, 'utf8')).toBe('"rusak"\n');
    await queue.close();
    expect(await taken()).toEqual([]);
  });

  it('gives back what was put while it drained', async () => {
    const queue = await openQueue(path, silent);
    await queue.put('a');
    const handled: string[] = [];
    await queue.drain(async (body) => {
      handled.push(body);
      if (body === 'a') await queue.put('b');
    });
    expect(handled).toEqual(['a', 'b']);
    await queue.close();
  });
});
