/** A peer's planner in a process of its own, `plan-peer NAME URL ROWS`: a job for everybody, then the first ones again. */
import { lessonDay } from '../lesson-day.ts';
import { secondsSince } from '../outcome.ts';
import { graphileWorker, inCalls, jobsInCall, openBoss } from '../peers.ts';

export type PeerRun = { readonly seconds: number; readonly peakMb: number };

type Planner = {
  readonly add: (people: readonly number[]) => Promise<unknown>;
  readonly close: () => Promise<unknown>;
};

const due = new Date('2026-10-26T01:30:00Z');
const { slot, item } = lessonDay;
const keyOf = (person: number): string => `${person}/lesson/${slot}`;
const bodyOf = (person: number) => ({ person, stream: 'lesson', slot, item });

const graphile = async (url: string): Promise<Planner> => {
  const worker = await graphileWorker().makeWorkerUtils({ connectionString: url });
  await worker.migrate();
  return {
    add: (people) =>
      worker.addJobs(
        people.map((person) => ({
          identifier: 'nudge',
          payload: bodyOf(person),
          jobKey: keyOf(person),
          runAt: due,
        })),
      ),
    close: () => worker.release(),
  };
};

const pgBoss = async (url: string): Promise<Planner> => {
  const boss = await openBoss(url);
  // The policy under which a second job of the same key is dropped while the first one waits.
  await boss.createQueue('nudge', { name: 'nudge', policy: 'short' });
  return {
    add: (people) =>
      boss.insert(
        people.map((person) => ({
          name: 'nudge',
          data: bodyOf(person),
          singletonKey: keyOf(person),
          startAfter: due,
        })),
      ),
    close: () => boss.stop({ graceful: false }),
  };
};

const [name, url = '', rows = '0'] = process.argv.slice(2);
const planner = await (name === 'pg-boss' ? pgBoss(url) : graphile(url));
const began = performance.now();
await inCalls(Number(rows), planner.add);
const seconds = secondsSince(began);
await inCalls(Math.min(jobsInCall, Number(rows)), planner.add);
const run: PeerRun = { seconds, peakMb: process.resourceUsage().maxRSS / 1024 };
await planner.close();
console.log(JSON.stringify(run));
