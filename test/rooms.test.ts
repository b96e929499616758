import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../functions/app/files.ts';

const rooms = ['bench', 'bot', 'core', 'functions', 'infra', 'test', 'web'];

/** Lists rather than rooms: migrations are numbered, fixtures are data; packages and what was built are not ours. */
const lists = /(^|\/)(node_modules|migrations|fixtures|documents)(\/|$)/;

type Folder = { readonly path: string; readonly files: readonly string[] };

const walk = async (path: string): Promise<readonly Folder[]> => {
  if (lists.test(path)) return [];
  const entries = await readdir(join(root, path), { withFileTypes: true });
  const below = entries.filter((entry) => entry.isDirectory());
  const inside = await Promise.all(below.map(({ name }) => walk(`${path}/${name}`)));
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  return [{ path, files }, ...inside.flat()];
};

const filesOf = async (path: string): Promise<readonly string[]> => {
  const [folder] = await walk(path);
  return (folder?.files ?? []).toSorted();
};

describe('the rooms of the house', () => {
  it('hold at most twelve files each', async () => {
    const folders = (await Promise.all(rooms.map(walk))).flat();
    expect(folders.length).toBeGreaterThan(100);
    expect(folders.filter(({ files }) => files.length > 12).map(({ path }) => path)).toEqual([]);
  });

  it('of the two chats have the same names at their door', async () => {
    expect(await filesOf('bot/slack')).toEqual(await filesOf('bot/teams'));
  });
});
