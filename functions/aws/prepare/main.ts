/** `main.ts FOLDER` writes the checked content beside a bundle; a fault in it ends the build. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '../../../core/errors.ts';
import { readCatalogue } from '../../app/files.ts';
import { catalogueFile, writeCatalogue } from '../http/catalogue.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new ConfigError('prepare: the folder of the bundle is missing');
await writeFile(join(folder, catalogueFile), writeCatalogue(await readCatalogue()));
