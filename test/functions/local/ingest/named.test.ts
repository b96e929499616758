/** What kind of document a name tells, and which licence that lets the register claim. */
import { rm } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { documentSchema } from '../../../../core/content/schema.ts';
import { openDesk } from './samples.ts';

const desk = await openDesk();
afterAll(() => desk.clear());

const entryOf = async (id: string) =>
  documentSchema.parse(parse((await desk.snapshot())[`documents/${id}.yaml`] ?? ''));

describe('the kind and the licence of a document', () => {
  it('a contract with articles claims no free licence; a circular is no article', async () => {
    const articles =
      '## Pasal 1\n\nPenyedia bekerja.\n\n## Pasal 2\n\nHak cipta tetap pada penyedia.\n';
    const named = async (name: string, ...options: readonly string[]) => {
      const file = await desk.save('naskah.md', `# ${name}\n\n${articles}`);
      const { out } = await desk.ingest(
        file,
        '--publisher',
        'Contoh',
        '--id',
        'naskah',
        ...options,
      );
      const { kind, kindLabel, licence } = await entryOf('naskah');
      await rm(desk.content, { recursive: true });
      return { said: [kind, kindLabel.id, licence.includes('tidak dilindungi')], out };
    };
    const contract = await named('Perjanjian Kerja Sama Layanan AI');
    expect(contract.said).toEqual(['article', 'Dokumen', false]);
    expect(contract.out).toContain('found, please check: kind "article (Dokumen)"; --kind says');
    expect(contract.out).toContain('found, please check: licence "All rights with the publisher');
    const rest = 'Nomor 5 Tahun 2026 tentang Alat';
    const circular = 'Surat edaran, bukan peraturan perundang-undangan';
    expect((await named(`Surat Edaran ${rest}`)).said).toEqual(['regulation', circular, false]);
    expect((await named(`Keputusan Menteri Contoh ${rest}`)).said).toEqual([
      'regulation',
      'Keputusan',
      false,
    ]);
    expect((await named(`Peraturan Menteri Contoh ${rest}`)).said).toEqual([
      'regulation',
      'Peraturan perundang-undangan',
      true,
    ]);
    expect((await named(`Peraturan Direksi Contoh ${rest}`)).said[2]).toBe(false);
    const told = await named('Qanun Contoh', '--kind', 'regulation', '--licence', 'bebas');
    expect(told.said).toEqual(['regulation', 'Peraturan', false]);
    expect(told.out).not.toContain('please check');
    expect((await named('Qanun Contoh', '--kind', 'regulation')).said[2]).toBe(true);
    expect((await named(`Surat Edaran ${rest}`, '--kind', 'regulation')).said[2]).toBe(false);
  });

  it('keeps a contract from being quoted until somebody names the licence', async () => {
    const file = await desk.save(
      'pks.md',
      '# Perjanjian\n\n## Pasal 1\n\nA.\n\n## Pasal 2\n\nB.\n',
    );
    const { code, err } = await desk.ingest(file, '--publisher', 'Contoh', '--quotable');
    expect(err).toContain('--quotable: name the licence that allows it');
    expect([code, await desk.snapshot()]).toEqual([2, {}]);
  });
});
