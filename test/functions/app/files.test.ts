/** Reading content from the disk: what no decoder could read never becomes a text that people get. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ContentError } from '../../../core/errors.ts';
import { readCatalogue, readContent } from '../../../functions/app/files.ts';
import { smallContent } from '../../content/small-content.ts';

const home = await mkdtemp(join(tmpdir(), 'langkah-files-'));
afterAll(() => rm(home, { recursive: true, force: true }));

/** A content folder with these files. */
const folderOf = async (files: Readonly<Record<string, string | Uint8Array>>): Promise<string> => {
  const folder = await mkdtemp(join(home, 'content-'));
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
  return folder;
};

const faultsIn = async (folder: string): Promise<readonly string[]> => {
  const error: unknown = await readContent(folder).catch((cause: unknown) => cause);
  if (!(error instanceof ContentError)) throw error;
  return error.message.split('\n');
};

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('the content folder', () => {
  it('names a file that is not UTF-8, with its line and byte, and every other one', async () => {
    const folder = await folderOf({
      'lessons/l01-quote.yaml': latin('id: l01\ntitle:\n  id: \x93Tenang\x94\n'),
      'lessons/l02-open.yaml': latin('id: caf\xe9\n'),
      'messages/end.yaml': latin('a: caf\xe9'),
      'prompts/p01-wide.yaml': Buffer.from('\ufeffid: p01', 'utf16le'),
      'surveys/good.yaml': 'id: “tenang”\n',
    });
    expect((await faultsIn(folder)).toSorted()).toEqual([
      'content/lessons/l01-quote.yaml:3: not UTF-8, found "byte 0x93 at offset 21", allowed a file saved as UTF-8',
      'content/lessons/l02-open.yaml:1: not UTF-8, found "byte 0xe9 at offset 7", allowed a file saved as UTF-8',
      'content/messages/end.yaml:1: not UTF-8, found "byte 0xe9 at offset 6", allowed a file saved as UTF-8',
      'content/prompts/p01-wide.yaml:1: not UTF-8, found "byte 0xff at offset 0", allowed a file saved as UTF-8',
    ]);
  });

  it('names each line with the sign of a letter that was lost before', async () => {
    const folder = await folderOf({
      'messages/a.yaml': 'a:\n  id: Se\ufffdlamat\n  en: Hello\nb:\n  id: \ufffd\n',
    });
    expect(await faultsIn(folder)).toEqual([
      'content/messages/a.yaml:2: the sign U+FFFD, which stands for a letter that was lost, found "id: Se\ufffdlamat", allowed the letter itself',
      'content/messages/a.yaml:5: the sign U+FFFD, which stands for a letter that was lost, found "id: \ufffd", allowed the letter itself',
    ]);
  });

  it('takes a byte order mark, and reads no draft', async () => {
    const folder = await folderOf({
      ...Object.fromEntries(smallContent.map(({ path, text }) => [path, `\ufeff${text}`])),
      'drafts/doc/tip-one-1.yaml': latin('# caf\xe9\n'),
    });
    expect((await readContent(folder)).map(({ path }) => path).toSorted()).toEqual(
      smallContent.map(({ path }) => path).toSorted(),
    );
    expect((await readCatalogue(folder)).lessons.get('l01')?.title.en).toBe('Title');
  });
});
