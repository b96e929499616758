/** Stopping the server that a killed run left behind. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Stops the server running on `directory`, if any; a stale lock file alone is left to Postgres. */
export const stopOrphan = async (directory: string): Promise<void> => {
  const lock = join(directory, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number((await readFile(lock, 'utf8')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !(await isPostgresOn(pid, directory))) return;
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!alive(pid)) return;
    process.kill(pid, signal);
    for (let waited = 0; waited < 5_000 && alive(pid); waited += 50) await sleep(50);
  }
};

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** A process number can be reused: only a process whose command line names our folder is ours to stop. */
const isPostgresOn = async (pid: number, directory: string): Promise<boolean> => {
  if (!alive(pid)) return false;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  if (command === null) return process.platform !== 'linux';
  return command.split('\0').includes(directory);
};
