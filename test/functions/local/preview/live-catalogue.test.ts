import { appendFile, cp, rename, rm, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCatalogue } from '../../../../functions/app/files.ts';
import { followContent } from '../../../../functions/local/preview/live-catalogue.ts';
import { type ContentCopy, followCopy, sample } from './content-copy.ts';

/** Milliseconds within which a save is seen; a busy machine may take longer now and then, but not each time. */
const soon = 1_000;

const titleOf = ({ live }: ContentCopy): string | undefined =>
  live.current().catalogue.lessons.get(sample.id)?.title.id;

/** Waits until the copy's content is as wished. */
const seen = (look: () => unknown) => expect.poll(look, { timeout: 15_000, interval: 10 });

describe('content followed on the disk', () => {
  it('is read anew after each way of saving, again and again', async () => {
    const copy = await followCopy();
    const text = await copy.read(sample.file);
    const titled = (title: string) => text.replace(sample.title, title);
    const ways: readonly (readonly [string, ContentCopy['save']])[] = [
      ['Satu', copy.save],
      ['Dua', copy.saveByRename],
      ['Tiga', copy.save],
      ['Empat', copy.saveByRename],
      [
        'Lima',
        async (name, next) => {
          // The old file becomes the backup, and goes once the new one is there.
          await rename(copy.path(name), copy.path(`${name}~`));
          await copy.save(name, next);
          await unlink(copy.path(`${name}~`));
        },
      ],
      ['Enam', copy.save],
    ];
    const waits: number[] = [];
    for (const [title, save] of ways) {
      const from = performance.now();
      await save(sample.file, titled(title));
      await seen(() => titleOf(copy)).toBe(title);
      waits.push(performance.now() - from);
    }
    // The first may have been read together with what the start reads once more.
    expect(Math.min(...waits.slice(1))).toBeLessThan(soon);
    expect(copy.live.current().faults).toEqual([]);
  });

  it('keeps the last good version beside every fault until the files are mended', async () => {
    const copy = await followCopy();
    const text = await copy.read(sample.file);
    const broken = text
      .replace(sample.title, 'Di mana data kamu tersimpan?')
      .replace(`  en: ${sample.english}\n`, '');
    await copy.saveByRename(sample.file, broken);
    await seen(() => copy.live.current().faults).toEqual([
      {
        file: `content/${sample.file}`,
        line: expect.any(Number),
        what: 'title.en is missing',
        found: 'nothing',
        allowed: 'a text',
      },
    ]);
    const [fault] = copy.live.current().faults;
    expect(broken.split('\n')[(fault?.line ?? 0) - 1]).toBe('title:');
    expect(titleOf(copy)).toBe(sample.title);
    await copy.save(sample.file, text.replace(sample.title, 'Di mana data kamu tersimpan?'));
    await seen(() => copy.live.current().faults[0]?.found).toBe('kamu');
    expect(copy.live.current().faults[0]?.allowed).toBe('Anda');
    expect(titleOf(copy)).toBe(sample.title);
    await copy.save(sample.file, text);
    await seen(() => copy.live.current().faults).toEqual([]);
  });

  it('names a file that is not UTF-8, and where', async () => {
    const copy = await followCopy();
    const text = await copy.read(sample.file);
    const lines = text.split('\n').length;
    await appendFile(copy.path(sample.file), Buffer.of(0x23, 0xe9, 0x0a));
    await seen(() => copy.live.current().faults).toEqual([
      expect.objectContaining({ file: `content/${sample.file}`, line: lines, what: 'not UTF-8' }),
    ]);
    expect(titleOf(copy)).toBe(sample.title);
    await copy.save(sample.file, text);
    await seen(() => copy.live.current().faults).toEqual([]);
  });

  it('tells of a faulty calendar as a start would, and of a folder that is gone', async () => {
    const copy = await followCopy();
    await copy.save('calendar/2027.yaml', 'year: soon\n');
    await seen(() => copy.live.current().faults[0]?.file).toBe('content/calendar/2027.yaml');
    await rm(copy.folder, { recursive: true });
    await seen(() => copy.live.current().faults).toEqual([
      expect.objectContaining({ file: 'content', found: 'ENOENT' }),
    ]);
    expect(titleOf(copy)).toBe(sample.title);
  });

  it('follows a folder that was taken away and put back', async () => {
    const copy = await followCopy();
    const text = await copy.read(sample.file);
    const aside = join(copy.folder, '..', 'aside');
    await cp(copy.path('lessons'), aside, { recursive: true });
    await rm(copy.path('lessons'), { recursive: true });
    await seen(() => copy.live.current().faults.length).toBeGreaterThan(0);
    await cp(aside, copy.path('lessons'), { recursive: true });
    await seen(() => copy.live.current().faults).toEqual([]);
    await copy.save(sample.file, text.replace(sample.title, 'Kembali'));
    await seen(() => titleOf(copy)).toBe('Kembali');
  });

  it('says nothing of a file saved unchanged, or of one that is no content', async () => {
    const copy = await followCopy();
    const text = await copy.read(sample.file);
    let news = 0;
    copy.live.subscribe(() => {
      news += 1;
    });
    await copy.saveByRename(sample.file, text);
    await copy.save('lessons/catatan.txt', 'bukan isi');
    await new Promise((done) => setTimeout(done, 400));
    expect(news).toBe(0);
    await copy.save(sample.file, text.replace(sample.title, 'Baru'));
    await seen(() => news).toBe(1);
  });

  it('hears nothing more once it is closed', async () => {
    const copy = await followCopy();
    const text = await copy.read(sample.file);
    await copy.live.close();
    await copy.save(sample.file, text.replace(sample.title, 'Terlambat'));
    await new Promise((done) => setTimeout(done, 400));
    expect(titleOf(copy)).toBe(sample.title);
  });

  it('stays with the start where the folder cannot be watched, and says so', async () => {
    const events: string[] = [];
    const log = {
      info: () => undefined,
      warn: (event: string) => void events.push(event),
      error: () => undefined,
    };
    const start = await readCatalogue();
    const live = await followContent(join(tmpdir(), 'langkah-tidak-ada'), { start, log });
    expect(live.following).toBe(false);
    expect(live.current()).toEqual({ catalogue: start, faults: [] });
    expect(events).toEqual(['content.not-watched']);
    await live.close();
  });
});
