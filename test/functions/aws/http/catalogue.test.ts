import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { readCatalogue } from '../../../../functions/app/files.ts';
import {
  catalogueBeside,
  catalogueFile,
  writeCatalogue,
} from '../../../../functions/aws/http/catalogue.ts';

const folder = await mkdtemp(join(tmpdir(), 'langkah-catalogue-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

it('a door has the same content as the jobs, every part of it', async () => {
  const shipped = await readCatalogue();
  await writeFile(join(folder, catalogueFile), writeCatalogue(shipped));
  const carried = catalogueBeside(pathToFileURL(join(folder, 'index.mjs')).href);
  expect({ ...carried }).toEqual(shipped);
});
