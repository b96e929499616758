/** Other processes of this machine, known by their number. */
import { readFile } from 'node:fs/promises';

/** Whether a process with this number lives. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/**
 * Whether a living process is the one that is meant: numbers are used again, so its command line decides.
 * Where it cannot be read, only Linux takes that as a no.
 */
export const isProcess = async (
  pid: number,
  isMeant: (commandLine: string) => boolean,
): Promise<boolean> => {
  if (!isAlive(pid)) return false;
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  return line === null ? process.platform !== 'linux' : isMeant(line);
};
