/** A fresh process that loads the shipped content once and prints how many milliseconds it took. */
import { readCatalogue } from '../../functions/app/files.ts';

const began = performance.now();
const { lessons } = await readCatalogue();
const taken = performance.now() - began;
if (lessons.size === 0) throw new Error('the catalogue has no tips');
console.log(taken);
