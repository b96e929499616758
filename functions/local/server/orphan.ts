/** Stopping the server that a killed run left behind. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, isProcess } from './process.ts';

/** Stops the server running on `directory`, if any; a stale lock file alone is left to Postgres. */
export const stopOrphan = async (directory: string): Promise<void> => {
  const lock = join(directory, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number((await readFile(lock, 'utf8')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !(await isPostgresOn(pid, directory))) return;
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    for (let waited = 0; waited < 5_000 && isAlive(pid); waited += 50) await sleep(50);
  }
};

const isPostgresOn = (pid: number, directory: string): Promise<boolean> =>
  isProcess(pid, (line) => line.split('\0').includes(directory));
