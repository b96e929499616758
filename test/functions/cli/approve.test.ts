/** `langkah content approve`: what it refuses, and that it then leaves every file as it was. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readCatalogue, root } from '../../../functions/app/files.ts';
import { langkahIn } from '../../support/cli.ts';

const home = await mkdtemp(join(tmpdir(), 'langkah-approve-'));
afterAll(() => rm(home, { recursive: true, force: true }));

const lesson = 'lessons/l01-beginning-calmly.yaml';

/** A copy of the shipped content with the first lesson changed. */
const contentWith = async (edit: (text: string) => string = (text) => text) => {
  const folder = await mkdtemp(join(home, 'content-'));
  await cp(join(root, 'content'), folder, { recursive: true });
  const file = join(folder, lesson);
  await writeFile(file, edit(await readFile(file, 'utf8')));
  const read = () => readFile(file, 'utf8');
  return { folder, read, before: await read() };
};

const approve = (folder: string, ...args: readonly string[]) =>
  langkahIn({}, 'content', 'approve', ...args, '--content', folder);

describe('content approve', () => {
  it.each([
    ['an empty role', ['--role', ''], '--role: found "", allowed a role'],
    ['a blank role', ['--role', ' \t'], '--role: found " \\t", allowed a role'],
    ['a role of two lines', ['--role', 'A\ndate: x'], '--role: found "A\\ndate: x", allowed'],
    ['a role with a lost letter', ['--role', 'R\ufffddaksi'], '--role: found "R\ufffddaksi"'],
    ['a word for a date', ['--role', 'A', '--date', 'kemarin'], '--date: found "kemarin"'],
    ['a day to come', ['--role', 'A', '--date', '2026-11-27'], '--date: found "2026-11-27"'],
    ['a day that is not', ['--role', 'A', '--date', '2026-02-31'], '--date: found "2026-02-31"'],
  ])('writes nothing for %s', async (_, options, said) => {
    const { folder, read, before } = await contentWith();
    const { code, out, err } = await approve(folder, 'l01', ...options);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(`langkah: content approve: ${said}`);
    expect(await read()).toBe(before);
  });

  it('writes nothing for a wrong role and a wrong date, and tells both', async () => {
    const { folder } = await contentWith();
    const { err } = await approve(folder, 'l01', '--role', '', '--date', '1');
    expect(err).toMatch(/--role: found "".*; --date: found "1"/);
  });

  it.each(['123', 'null', 'true', '1e3', 'Redaksi: pusat', '0x1F', '# Redaksi', 'Tim 2'])(
    'keeps the role %j a text that the next start takes',
    async (role) => {
      const { folder, read } = await contentWith();
      expect(await approve(folder, 'l01', '--role', ` ${role} `)).toMatchObject({
        code: 0,
        err: '',
      });
      expect(parse(await read()).approval.role).toBe(role);
      expect((await readCatalogue(folder)).lessons.get('l01')?.approval.role).toBe(role);
    },
  );

  it('puts a new approval below a byte order mark in the first column', async () => {
    const { folder, read, before } = await contentWith(
      (text) => `\ufeff${text.replace(/\napproval:[\s\S]*$/, '\n')}`,
    );
    expect(await approve(folder, 'l01', '--role', 'Redaksi')).toMatchObject({ code: 0, err: '' });
    expect(await read()).toMatch(/^\ufeffid: l01\n[\s\S]*\napproval:\n {2}role: Redaksi\n/);
    expect((await read()).startsWith(before.trimEnd())).toBe(true);
    expect((await readCatalogue(folder)).lessons.get('l01')?.approval.role).toBe('Redaksi');
  });

  it('writes nothing for an item that cites an unknown section, and names item, cite and line', async () => {
    const { folder, read, before } = await contentWith((text) =>
      text.replaceAll('pskn#intro', 'pskn#intr'),
    );
    const { code, out, err } = await approve(folder, 'l02', 'l01', '--role', 'Redaksi');
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(
      /^content\/lessons\/l01-beginning-calmly\.yaml:\d+: l01 cites an unknown section, found "pskn#intr", allowed one of: .*intro/,
    );
    expect(await read()).toBe(before);
    const line = Number(err.split(':')[1]);
    expect(before.split('\n')[line - 1]).toContain('pskn#intr');
  });

  it('writes nothing for an item that cites an unknown document', async () => {
    const { folder, read, before } = await contentWith((text) =>
      text.replaceAll('pskn#intro', 'pskm#intro'),
    );
    const { code, err } = await approve(folder, 'l01', '--role', 'Redaksi');
    expect(code).toBe(2);
    expect(err).toContain('l01 cites an unknown document, found "pskm#intro", allowed one of: ');
    expect(await read()).toBe(before);
  });

  it('writes nothing for an id that a lesson and a prompt have, and names both files', async () => {
    const { folder, read, before } = await contentWith();
    await writeFile(join(folder, 'prompts/l01-copy.yaml'), before);
    const { code, out, err } = await approve(folder, 'l01', '--role', 'Redaksi');
    expect([code, out]).toEqual([2, '']);
    expect(err.split('\n').toSorted()).toEqual([
      'content/lessons/l01-beginning-calmly.yaml:1: id of more than one item, found "l01", allowed an id of its own',
      'content/prompts/l01-copy.yaml:1: id of more than one item, found "l01", allowed an id of its own',
    ]);
    expect(await read()).toBe(before);
  });

  it.each([
    ['a file that is no valid YAML', (text: string) => `${text}aspect: people\n`, 'each key once'],
    ['an item in braces', (text: string) => JSON.stringify(parse(text)), 'one field a line'],
    [
      'an approval that another field borrows',
      (text: string) => `${text.replace('approval:', 'approval: &a')}note: *a\n`,
      'content/lessons/l01-beginning-calmly.yaml:',
    ],
  ])('writes nothing for %s', async (_, edit, said) => {
    const { folder, read, before } = await contentWith(edit);
    const { code, out, err } = await approve(folder, 'l01', '--role', 'Redaksi');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(said);
    expect(await read()).toBe(before);
  });
});
