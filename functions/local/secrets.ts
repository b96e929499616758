/** Local secrets: one file each, readable by its owner only; removing one leaves nothing to read. */
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Secrets } from '../../core/ports.ts';

const allowed = /^[a-z0-9][a-z0-9._-]*$/;

/** Secrets in files below `directory`. */
export const fileSecrets = (directory: string): Secrets => {
  const pathOf = (name: string): string => {
    if (!allowed.test(name)) throw new Error(`secret name ${JSON.stringify(name)} is not allowed`);
    return join(directory, name);
  };
  return {
    get: async (name) => {
      try {
        return await readFile(pathOf(name), 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
    put: async (name, value) => {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const path = pathOf(name);
      const file = await open(`${path}.new`, 'w', 0o600);
      try {
        await file.writeFile(value);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${path}.new`, path);
    },
    remove: async (name) => {
      const path = pathOf(name);
      await rm(path, { force: true });
      // What a crash left half put would still be readable.
      await rm(`${path}.new`, { force: true });
    },
  };
};

/** Name of the secret that turns employee keys into pseudonyms. */
export const rosterKeyName = 'roster-key';
