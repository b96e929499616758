/** The product's planner in a process of its own, `plan-process URL`: plans a lesson for everybody, then once more. */
import { openDatabase } from '../../core/store/database.ts';
import { planLesson } from '../lesson-day.ts';
import { secondsSince } from '../outcome.ts';

export type PlanRun = {
  readonly seconds: number;
  readonly againSeconds: number;
  /** Rows that the second plan added. */
  readonly againAdded: number;
  /** Memory of the process before it planned, and at its peak. */
  readonly idleMb: number;
  readonly peakMb: number;
};

const db = openDatabase(process.argv[2] ?? '', { max: 2 });
const idleMb = process.memoryUsage().rss / 2 ** 20;
const began = performance.now();
await planLesson(db);
const seconds = secondsSince(began);
const beganAgain = performance.now();
const againAdded = await planLesson(db);
const againSeconds = secondsSince(beganAgain);
// The kernel's own high-water mark, in KiB.
const peakMb = process.resourceUsage().maxRSS / 1024;
await db.destroy();
const run: PlanRun = { seconds, againSeconds, againAdded, idleMb, peakMb };
console.log(JSON.stringify(run));
