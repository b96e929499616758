/** `main.ts ENTRY FOLDER` writes a quick bundle: a program, for the toolkit waits for its files and for nothing else. */
import { writeQuickBundle } from './bundle.ts';

const [entry, folder] = process.argv.slice(2);
if (entry === undefined || folder === undefined)
  throw new Error('quick: the entry and the folder of the bundle are needed');
await writeQuickBundle(entry, folder);
