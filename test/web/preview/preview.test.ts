import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { messageKinds } from '../../../core/conversation/message.ts';
import { languages } from '../../../core/language.ts';
import { readCatalogue } from '../../../functions/app/files.ts';
import type { LiveCatalogue, PreviewParts } from '../../../functions/app/pages/preview-data.ts';
import { payloadOf } from '../../../web/preview/payloads.ts';
import { previewRoutes } from '../../../web/preview/routes.tsx';
import { site } from '../hr/fixtures.ts';
import { openPreview, still } from './preview-data.ts';

const catalogue = await readCatalogue();

/** The page at `query` as a document. */
const open = async (query = '', changed: Partial<PreviewParts> = {}) => {
  const app = previewRoutes(await openPreview(changed), site);
  const response = await app.request(`/pratinjau${query}`);
  expect(response.status).toBe(200);
  return parseHTML(await response.text()).document;
};

type Document = Awaited<ReturnType<typeof open>>;
const texts = (document: Document, selector: string): readonly string[] =>
  [...document.querySelectorAll(selector)].map(({ textContent }) =>
    (textContent ?? '').replace(/\s+/g, ' ').trim(),
  );
const chosen = (document: Document, name: string): string =>
  document.querySelector(`select[name="${name}"] option[selected]`)?.getAttribute('value') ?? '';

const contents = await (await openPreview()).contents();

describe('the kinds of message', () => {
  it('are every kind the product knows and every notice of the chat texts', () => {
    const shown = contents.kinds.flatMap((kind) =>
      contents
        .samples({ kind, lesson: 'l01', prompt: 'p01' })
        .flatMap(({ made }) => ('message' in made ? [made.message.kind] : [])),
    );
    expect([...new Set(shown)].sort()).toEqual([...messageKinds].sort());
    const notices = [...catalogue.messages.keys()].filter((key) =>
      /^(answer|system|slack)\..+\.title$/.test(key),
    );
    const ids = contents.kinds.map(({ id }) => `${id}.title`);
    // The correction has a module of its own, and so a kind with another name.
    expect(notices.filter((key) => !ids.includes(key))).toEqual(['system.correction.title']);
  });

  it('can all be made of every lesson and prompt, and break no rule of their platform', async () => {
    const { rules } = await openPreview();
    const samples = contents.kinds.flatMap((kind) =>
      contents.items
        .filter((item) => item.kind === (kind.of ?? 'lesson'))
        .slice(0, kind.of === null ? 1 : undefined)
        .flatMap(({ id }) =>
          contents
            .samples({ kind, lesson: id, prompt: id })
            .map(({ made, language }) => ({ made, kind, name: [kind.id, id, language] })),
        ),
    );
    expect(samples.length).toBeGreaterThan(contents.items.length * languages.length);
    const wrong = samples.flatMap(({ made, kind, name }): readonly unknown[] =>
      'fault' in made
        ? [[...name, made.fault]]
        : kind.platforms.flatMap((platform) => {
            const { failed } = rules(platform, payloadOf[platform](made));
            return failed.length === 0 ? [] : [[...name, platform, failed]];
          }),
    );
    expect(wrong).toEqual([]);
  });

  it('show the answer to every option of a case, the right one apart', () => {
    const of = (id: string) => {
      const kind = contents.kinds.find((one) => one.id === id);
      if (kind === undefined) throw new Error(`no kind ${id}`);
      const samples = contents.samples({ kind, lesson: 'l07', prompt: '' });
      return samples.filter(({ language }) => language === 'id').map(({ variant }) => variant);
    };
    expect(of('lesson-right')).toEqual(['c']);
    expect(of('lesson-not-quite')).toEqual(['a', 'b']);
  });
});

describe('the choices of the preview', () => {
  it('begin with one kind on both platforms, in both languages and all three forms', async () => {
    const document = await open();
    expect(texts(document, '.card > h2')).toEqual([
      'Kiat l01 · Bahasa Indonesia',
      'Kiat l01 · Bahasa Inggris',
    ]);
    expect(document.querySelectorAll('.tiles')).toHaveLength(4);
    for (const width of ['layar', '320', 'teks'])
      expect(document.querySelectorAll(`.tile-${width}`)).toHaveLength(4);
  });

  it('open the kind that carries the item asked for, and that item', async () => {
    const lesson = await open('?item=l07');
    expect(chosen(lesson, 'item')).toBe('l07');
    expect(texts(lesson, '.tile-teks').join()).toContain('Di mana data itu tersimpan?');
    const prompt = await open('?item=p03&bahasa=en');
    expect(chosen(prompt, 'jenis')).toBe('leader-summary');
    expect(texts(prompt, '.card > h2')[0]).toBe('Leader summary p03 · Indonesian');
  });

  it('narrow the page to one platform, language and form', async () => {
    const document = await open('?jenis=answer.help&platform=teams&dalam=en&lebar=teks');
    expect(document.querySelectorAll('.tiles')).toHaveLength(1);
    expect(document.querySelectorAll('.tile')).toHaveLength(1);
    expect(texts(document, '.tiles-head strong')).toEqual(['Teams']);
    expect(document.querySelector('.spoken-words')?.getAttribute('lang')).toBe('en');
    expect(document.querySelector('select[name="item"]')).toBeNull();
    const elsewhere = await open('?jenis=slack.press-again&platform=teams');
    expect(texts(elsewhere, '.empty-title')[0]).toContain('tidak dikirim lewat platform');
  });

  it('name what is not known and show the first choice instead', async () => {
    const document = await open('?item=l99&jenis=surat');
    expect(texts(document, '#saringan .notice').join(' ')).toMatch(/item=l99 .*jenis=surat /);
    expect(texts(document, '.card > h2')[0]).toBe('Kiat l01 · Bahasa Indonesia');
  });
});

describe('what is wrong', () => {
  it('with the files stands above with place, rule, found and fix, and beside the item’s own tiles', async () => {
    const fault = {
      file: 'content/lessons/l07-where-does-the-data-live.yaml',
      line: 12,
      what: 'word or sign not used here',
      found: 'kamu <b>',
      allowed: 'Anda',
    };
    const live = still({ catalogue, faults: [fault] });
    const page = await open('?item=l07', { live });
    const place = `${fault.file}:${fault.line}`;
    expect(texts(page, '.fault-banner code')).toEqual([place]);
    expect(texts(page, '.fault-banner dd')).toEqual([fault.what, fault.found, fault.allowed]);
    expect(texts(page, '.lint code')).toEqual([place, place, place, place]);
    const other = await open('?item=l08', { live });
    expect(texts(other, '.fault-banner code')).toEqual([place]);
    expect(texts(other, '.lint code')).toEqual([]);
  });

  it('with a text that is missing is said in its place, in neither language replaced', async () => {
    const messages = new Map(catalogue.messages);
    messages.delete('answer.help.text');
    const live: LiveCatalogue = still({ catalogue: { ...catalogue, messages }, faults: [] });
    const document = await open('?jenis=answer.help', { live });
    expect(texts(document, '.card .failed')).toEqual(
      languages.map(() => 'Pesan ini tidak dapat dibuat: no message answer.help.text'),
    );
    expect(document.querySelectorAll('.tile')).toHaveLength(0);
  });

  it('with a payload is named beside the tile', async () => {
    const rules = () => ({ passed: 3, failed: ['text 20–300'] });
    const document = await open('?platform=slack&dalam=id', { rules });
    expect(texts(document, '.lint p')).toEqual([
      'Aturan platform dipenuhi: 3',
      'Aturan platform dilanggar: text 20–300',
    ]);
  });
});

describe('what became of the items', () => {
  it('stands in a table: sent so far, recalled, at risk and why', async () => {
    const document = await open('?bagian=isi');
    const rows = texts(document, '.item-table tbody tr');
    expect(rows).toHaveLength(catalogue.lessons.size + catalogue.prompts.size);
    expect(rows[0]).toMatch(/^l01 · .*Kiat ?1\.214 ?Tidak ?Tidak$/);
    expect(rows[1]).toMatch(/^l02 · .*0 ?Ya ?Tidak$/);
    expect(rows[2]).toContain('pskn#challenge.data berubah atau belum disetujui');
  });

  it('stands beside the message of the item', async () => {
    expect(texts(await open('?item=l02&dalam=id'), '.card > p')).toEqual([
      'Terkirim: 0 kali · ditarik · sumbernya tidak berubah',
    ]);
  });
});
