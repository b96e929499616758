/** Vitest runs this before each test file. */
import { closeAtEnd } from './after-file.ts';

closeAtEnd();
