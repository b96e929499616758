/** `langkah ingest`: what it writes, what a new edition changes, and that it writes all or nothing. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { documentSchema } from '../../../../core/content/schema.ts';
import { sectionFingerprint } from '../../../../core/content/source-lock.ts';
import { writeAll } from '../../../../functions/local/ingest/write.ts';
import { openDesk, stored } from './samples.ts';

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.clear());

const entryOf = async (id: string) =>
  documentSchema.parse(parse((await desk.snapshot())[`documents/${id}.yaml`] ?? ''));

const edition = (challenge: string, more = ''): string =>
  [
    '# Panduan Kerja',
    '## Kendala',
    'Kendala yang sering disampaikan:',
    `- ${challenge}\n- jaringan yang lambat`,
    '## Penutup',
    'Panduan ini diperbarui setiap tahun oleh tim digital.',
    more,
  ].join('\n\n');

describe('taking a document in', () => {
  it('writes its register entry with fingerprints, and a draft for each idea', async () => {
    const { code, out } = await desk.ingest(stored('surat-edaran.txt'), '--publisher', 'Contoh');
    expect(code).toBe(0);
    const id = 'surat-edaran-penggunaan-ai-di-kementerian-contoh';
    const entry = await entryOf(id);
    expect(entry).toMatchObject({ kind: 'article', language: 'id', quotable: false, date: null });
    expect(entry.sections.every(({ text, fingerprint }) => !text && fingerprint)).toBe(true);
    const drafts = Object.keys(await desk.snapshot()).filter((path) => path.startsWith('drafts/'));
    const count = (use: string) => drafts.filter((path) => path.includes(`/${use}-`)).length;
    expect(['item', 'prompt', 'case'].map(count)).toEqual([3, 3, 2]);
    expect(out).toContain('hal-yang-dilarang: "Pegawai tidak diperkenankan');
  });

  it('keeps the text of a document that may be quoted, letter by letter', async () => {
    await desk.ingest(stored('peraturan.txt'), '--publisher', 'Kementerian Contoh', '--quotable');
    const id = 'peraturan-menteri-contoh-nomor-7-tahun-2026-tentang';
    const entry = await entryOf(id);
    expect(entry).toMatchObject({ kind: 'regulation', quotable: true });
    const pasal = entry.sections.find((section) => section.id === 'pasal-2');
    expect(pasal?.text).toMatch(/^\(1\) Pegawai dapat memanfaatkan[\s\S]*\n {2}a\. merangkum/);
    expect((await desk.snapshot())[`documents/${id}.yaml`]).toContain('text: |-');
  });

  it('drafts nothing that is finished: every place of the author is empty', async () => {
    await desk.ingest(stored('guide.md'), '--id', 'guide');
    const files = Object.entries(await desk.snapshot());
    const drafts = files.filter(([path]) => path.startsWith('drafts/guide/'));
    expect(drafts.length).toBeGreaterThan(10);
    for (const [, text] of drafts) {
      const { draft, passage, page, cites, ...places } = parse(text);
      expect([draft, typeof passage, cites.length]).toEqual([true, 'string', 1]);
      expect(page).toBeUndefined();
      expect(JSON.stringify(places).match(/"(?:id|en)":"(?!a"|b"|")/)).toBeNull();
    }
    const roles = drafts
      .filter(([path]) => path.includes('/prompt-'))
      .map(([, text]) => parse(text).role);
    expect(roles).toEqual(['vision', '', '']);
  });

  it('writes nothing in a dry run, and says what it would write', async () => {
    const { code, out } = await desk.ingest(stored('peraturan.txt'), '--dry-run');
    expect([code, await desk.snapshot()]).toEqual([0, {}]);
    expect(out).toMatch(/would write: documents\/peraturan-menteri-contoh.*\d+ drafts/);
  });

  it.each([
    [['peraturan.txt'], /who published it is not said; name them with --publisher/],
    [['guide.md', '--quotable'], /--quotable: name the licence that allows it/],
    [['guide.md', '--id', '../x', '--kind', 'law'], /--id: found "..\/x".*--kind: found "law"/],
    [['guide.md', '--date', '2026-02-30'], /--date: found "2026-02-30", allowed a date/],
    [['guide.md', '--url', 'javascript:1'], /--url: found "javascript:1", allowed an address/],
  ])('with %j is refused', async ([name = '', ...options], said) => {
    const { code, err } = await desk.ingest(stored(name), ...options);
    expect([code, await desk.snapshot()]).toEqual([2, {}]);
    expect(err).toMatch(said);
  });

  it('a rehearsal tells what is still to be said', async () => {
    const { code, out } = await desk.ingest(stored('peraturan.txt'), '--dry-run');
    expect(code).toBe(0);
    expect(out).toMatch(/^still to be said: .*name them with --publisher$/m);
  });

  it('that would become the same document twice is refused', async () => {
    const copy = await desk.save('copy.md', await readFile(stored('guide.md')));
    const { code, err } = await desk.ingest(stored('guide.md'), copy);
    expect([code, await desk.snapshot()]).toEqual([2, {}]);
    expect(err).toContain('would all become the document "a-guide-to-trying-ai-at-work"');
  });
});

describe('a new edition', () => {
  const first = async () => {
    const file = await desk.save('panduan.md', edition('data yang tersebar'));
    await desk.ingest(file, '--publisher', 'Contoh');
    return desk.snapshot();
  };

  it('that is the same changes nothing', async () => {
    const before = await first();
    const { out } = await desk.ingest(await desk.save('lagi.md', edition('data yang tersebar')));
    expect(out).toContain('writes: nothing, all as it was');
    expect(await desk.snapshot()).toEqual(before);
  });

  it('is no other document under its id: that is refused until the title says so', async () => {
    const before = await first();
    const [id = ''] = Object.keys(before).flatMap(
      (path) => /^documents\/(.+)\.yaml$/.exec(path)?.[1] ?? [],
    );
    const other = stored('surat-edaran.txt');
    const { code, err } = await desk.ingest(other, '--id', id);
    expect([code, await desk.snapshot()]).toEqual([2, before]);
    expect(err).toContain(`${id} is another document: not one section is the same`);
    expect(err).toContain('or --title "Panduan Kerja" if it replaces that one');
    expect(await desk.ingest(other, '--id', id, '--title', 'Panduan Kerja')).toMatchObject({
      code: 0,
    });
  });

  it('changes the fingerprint of exactly the section that changed', async () => {
    await first();
    const before = await entryOf('panduan-kerja');
    const { out } = await desk.ingest(await desk.save('baru.md', edition('data yang hilang')));
    expect(out).toContain('changed sections: 1\n    kendala\n');
    const after = await entryOf('panduan-kerja');
    const changed = after.sections.filter(
      ({ fingerprint }, at) => fingerprint !== before.sections[at]?.fingerprint,
    );
    expect(changed.map(({ id }) => id)).toEqual(['kendala']);
  });

  it("keeps the register's ids, titles and comments, and the id of what is gone", async () => {
    await first();
    const path = join(desk.content, 'documents/panduan-kerja.yaml');
    const edited = (await readFile(path, 'utf8'))
      .replace('id: kendala', 'id: obstacles # ours')
      .replace('en: Kendala', 'en: Obstacles');
    await writeFile(path, edited);
    const gone = edition(
      'data yang tersebar',
      '## Tambahan\n\nBab ini baru di edisi ini saja, ya.',
    ).replace(/## Penutup[\s\S]*?\n\n.*\n\n/, '');
    const { out } = await desk.ingest(await desk.save('baru.md', gone));
    expect(out).toMatch(
      /new sections: 1\n {4}tambahan\n.*no longer in the document.*: 1\n {4}penutup/s,
    );
    const entry = await entryOf('panduan-kerja');
    expect(entry.sections.map(({ id, title }) => [id, title.en])).toEqual([
      ['obstacles', 'Obstacles'],
      ['tambahan', 'Tambahan'],
      ['penutup', 'Penutup'],
    ]);
    expect(entry.sections[2]?.fingerprint).toBe(sectionFingerprint(''));
    expect(await readFile(path, 'utf8')).toContain('# ours');
  });

  it('renews untouched drafts and leaves those in which somebody wrote', async () => {
    await first();
    const folder = join(desk.content, 'drafts/panduan-kerja');
    const own = join(folder, 'tip-kendala-1.yaml');
    const written = (await readFile(own, 'utf8')).replace('title:\n  id: ""', 'title:\n  id: Rapi');
    await writeFile(own, written);
    await rm(join(folder, 'tip-penutup-1.yaml'));
    const { out } = await desk.ingest(await desk.save('baru.md', edition('data yang hilang')));
    expect(out).toContain('drafts kept because somebody wrote in them');
    const after = await desk.snapshot();
    expect(after['drafts/panduan-kerja/tip-kendala-1.yaml']).toBe(written);
    expect(after['drafts/panduan-kerja/item-kendala-1.yaml']).toContain('data yang hilang');
    // Moved to the lessons by its author; the section is the same, so it does not come back.
    expect(after['drafts/panduan-kerja/tip-penutup-1.yaml']).toBeUndefined();
  });

  it.each([
    ['renewed', edition('data yang hilang')],
    ['removed', edition('data yang tersebar').replace(/## Kendala[\s\S]*?(?=## Penutup)/, '')],
  ])(
    'leaves a draft with only a note, a comment or an audience in it, where others are %s',
    async (_, text) => {
      const before = await first();
      const place = 'drafts/panduan-kerja';
      const edited = {
        [`${place}/tip-kendala-1.yaml`]: (draft: string) => `${draft}note: tanyakan Biro Hukum\n`,
        [`${place}/tip-kendala-2.yaml`]: (draft: string) => `# untuk pekan 3\n${draft}`,
        // As an earlier version wrote it, without a fingerprint: whether it was edited nobody can tell.
        [`${place}/item-kendala-1.yaml`]: (draft: string) => draft.replace(/^.*\n/, ''),
        [`${place}/item-kendala-2.yaml`]: (draft: string) => `${draft}audience: staff\n`,
      };
      const wanted = Object.entries(edited).map(([path, edit]) => [path, edit(before[path] ?? '')]);
      for (const [path = '', draft = ''] of wanted)
        await writeFile(join(desk.content, path), draft);
      const { out } = await desk.ingest(await desk.save('baru.md', text));
      expect(out).toContain('drafts kept because somebody wrote in them');
      expect(await desk.snapshot()).toMatchObject(Object.fromEntries(wanted));
    },
  );
});

describe('writing', () => {
  it('that fails half-way leaves the folder as it was', async () => {
    await mkdir(join(desk.content, 'documents/b.yaml'), { recursive: true });
    await writeFile(join(desk.content, 'documents/b.yaml/in-the-way'), '');
    await writeFile(join(desk.content, 'documents/a.yaml'), 'before');
    await writeFile(join(desk.content, 'documents/c.yaml'), 'stays');
    const before = await desk.snapshot();
    const changes = [
      { path: 'documents/a.yaml', text: 'after' },
      { path: 'documents/c.yaml', text: null },
      { path: 'drafts/x/1.yaml', text: 'new' },
      { path: 'documents/b.yaml', text: 'cannot be' },
    ];
    await expect(writeAll(desk.content, changes)).rejects.toThrow();
    expect(await desk.snapshot()).toEqual(before);
    await expect(readFile(join(desk.content, 'drafts/x'))).rejects.toThrow('ENOENT');
  });
});
