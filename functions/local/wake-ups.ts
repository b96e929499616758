/** Wake-ups on one machine: each is taken as soon as it is put. One that a stopped process loses comes with the next tick. */
import type { Queue } from '../../core/ports.ts';

type Take = (body: string) => Promise<void>;

export type LocalWakeUps = Queue & {
  /** Says who takes them; `take` never fails. */
  readonly with: (take: Take) => void;
  /** Waits for the runs under way, not for those that they wake. */
  readonly settled: () => Promise<void>;
  /** Takes no more, and waits for the runs under way. */
  readonly close: () => Promise<void>;
};

export const openWakeUps = (): LocalWakeUps => {
  const running = new Set<Promise<void>>();
  let taking: Take | null = null;
  const settled = async (): Promise<void> => {
    await Promise.all(running);
  };
  return {
    put: async (body) => {
      if (taking === null) return;
      const run = taking(body).finally(() => running.delete(run));
      running.add(run);
    },
    with: (take) => {
      taking = take;
    },
    settled,
    close: () => {
      taking = null;
      return settled();
    },
  };
};
