/** Which sections of a new edition are which of the register's, and what becomes of the others. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { documentSchema } from '../../../core/content/schema.ts';
import { sectionFingerprint } from '../../../core/content/source-lock.ts';
import { aboutDocument } from '../../../core/ingest/register/about.ts';
import { registerEntry } from '../../../core/ingest/register/register.ts';
import type { Section } from '../../../core/ingest/register/sections.ts';

const about = (quotable: boolean) =>
  aboutDocument('contoh', {
    told: { publisher: 'Contoh', quotable },
    shown: { title: 'Contoh', publisher: null, language: 'id', regulation: false },
    standing: null,
  });

const section = (id: string, title: string, text: string): Section => ({
  ...{ id, title, text },
  ...{ above: [], path: [title], page: null, blocks: [] },
});

const standing = (sections: readonly Section[], quotable = false) => {
  const { text } = registerEntry(about(quotable), sections, null);
  return { text, value: documentSchema.parse(parse(text)) };
};

describe('a register entry', () => {
  it('gives back any text of a quotable document as it was', () => {
    const line = fc.string({ unit: fc.constantFrom(...'aZ é0:#-|>"\'{}[]&*!%@`,.?\t') });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
        const text = lines.join('\n').trim();
        fc.pre(text !== '');
        const { value } = standing([section('satu', 'Satu', text)], true);
        expect(value.sections[0]?.text).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('knows a section whose heading changed by its text', () => {
    const before = standing([
      section('satu', 'Satu', 'Isi satu.'),
      section('dua', 'Dua', 'Isi dua.'),
    ]);
    const now = [section('kesatu', 'Kesatu', 'Isi satu.'), section('dua', 'Dua', 'Isi dua.')];
    const { changes, text } = registerEntry(about(false), now, before);
    expect(changes).toEqual({ same: ['satu', 'dua'], changed: [], appeared: [], vanished: [] });
    expect(text).toBe(before.text);
  });

  it('knows a section whose text and heading changed by its place and a common word', () => {
    const before = standing([
      section('awal', 'Awal', 'a'),
      section('budaya', 'Budaya', 'b'),
      section('akhir', 'Akhir', 'c'),
    ]);
    const now = [
      section('awal', 'Awal', 'a'),
      section('tantangan-budaya-organisasi', 'Tantangan Budaya Organisasi', 'b lain'),
      section('akhir', 'Akhir', 'c'),
    ];
    const { changes, sections } = registerEntry(about(false), now, before);
    expect(changes.changed).toEqual(['budaya']);
    expect(sections.map(({ id }) => id)).toEqual(['awal', 'budaya', 'akhir']);
  });

  it('never takes one pasal for another one', () => {
    const before = standing([
      section('pasal-1', 'Pasal 1', 'a'),
      section('pasal-2', 'Pasal 2', 'b'),
    ]);
    const now = [section('pasal-1', 'Pasal 1', 'a'), section('pasal-3', 'Pasal 3', 'c')];
    expect(registerEntry(about(false), now, before).changes).toEqual({
      same: ['pasal-1'],
      changed: [],
      appeared: ['pasal-3'],
      vanished: ['pasal-2'],
    });
  });

  it('tells what is gone once, and takes it back when it returns', () => {
    const two = [section('satu', 'Satu', 'Isi satu.'), section('dua', 'Dua', 'Isi dua.')];
    const first = standing(two);
    const gone = registerEntry(about(false), two.slice(0, 1), first);
    expect(gone.changes.vanished).toEqual(['dua']);
    const later = { text: gone.text, value: documentSchema.parse(parse(gone.text)) };
    expect(registerEntry(about(false), two.slice(0, 1), later).changes.vanished).toEqual([]);
    const back = registerEntry(about(false), two, later);
    expect(back.changes.changed).toEqual(['dua']);
    expect(back.text).toContain(sectionFingerprint('Isi dua.'));
  });

  it('keeps a part that the register cut finer than the headings, while its lines stand there', () => {
    const whole = section('pasal-1', 'Pasal 1', 'Yang dimaksud dengan:\n1. Data.\n2. Alat.');
    const finer = section('pasal-1-angka-2', 'Pasal 1 angka 2', 'Yang dimaksud dengan:\n2. Alat.');
    const before = standing([whole, finer], true);
    expect(registerEntry(about(true), [whole], before).changes).toMatchObject({
      same: ['pasal-1', 'pasal-1-angka-2'],
      vanished: [],
    });
    const changed = { ...whole, text: whole.text.replace('Alat', 'Sarana') };
    expect(registerEntry(about(true), [changed], before).changes).toMatchObject({
      changed: ['pasal-1'],
      vanished: ['pasal-1-angka-2'],
    });
  });

  it('rewrites what changed and leaves the form of everything else', () => {
    const before = standing([section('satu', 'Satu', 'a'), section('dua', 'Dua', 'b')], true);
    const edited = before.text.replace('title: Contoh', "title: 'Contoh' # resmi");
    const now = [section('satu', 'Satu', 'a'), section('dua', 'Dua', 'b baru')];
    const { text } = registerEntry(about(true), now, { ...before, text: edited });
    expect(text).toBe(edited.replace(/b(?=\n$)/, 'b baru'));
  });
});
