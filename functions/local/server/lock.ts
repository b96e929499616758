/** One local host a data folder: its note says where it listens, and who it is. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { ConfigError } from '../../../core/errors.ts';
import { isProcess } from './process.ts';

const hostNoteSchema = z.object({
  pid: z.number().int().positive(),
  databaseUrl: z.string(),
  url: z.string(),
});
type HostNote = z.infer<typeof hostNoteSchema>;

/** Where a running host leaves its note. */
export const hostNotePath = (home: string): string => join(home, 'host.json');

/** Refuses to start beside a running host. */
export const refuseSecond = async (home: string): Promise<void> => {
  const running = await runningHost(home);
  if (running !== null)
    throw new ConfigError(
      `Langkah already runs here: ${running.url} (stop it first, or use LANGKAH_HOME)`,
    );
};

/** Notes a started host. */
export const noteHost = (home: string, note: HostNote): Promise<void> =>
  writeFile(hostNotePath(home), JSON.stringify(note), { mode: 0o600 });

/** Removes the note of a stopped host. */
export const forgetHost = (home: string): Promise<void> => rm(hostNotePath(home), { force: true });

/** The note of a host still running in `home`, or null; a note a killed host left does not count. */
const runningHost = async (home: string): Promise<HostNote | null> => {
  const text = await readFile(hostNotePath(home), 'utf8').catch(() => null);
  if (text === null) return null;
  const note = hostNoteSchema.safeParse(parsed(text));
  return note.success && (await isHost(note.data.pid)) ? note.data : null;
};

/** A note cut off by a crash says nothing. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const isHost = async (pid: number): Promise<boolean> =>
  pid !== process.pid && isProcess(pid, (line) => line.includes('functions/local/main'));
