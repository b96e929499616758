/** One sender in a process of its own, `pace-sender STORE LANE CHAT BEGAN NAME`: run after run until nothing waits. */
import { setTimeout as wait } from 'node:timers/promises';
import { openDatabase } from '../../core/store/database.ts';
import { sendLane } from '../../functions/jobs/delivery/send.ts';
import { sendingTime } from '../lesson-day.ts';
import { clockFrom, openSender, slackAt, states } from '../sender.ts';

/** Milliseconds from the end of a run to the wake-up of the next. */
const wakeUp = 100;

const [store = '', lane = '', chat = '', began = '', holder = ''] = process.argv.slice(2);
const db = openDatabase(store);
const clock = clockFrom(sendingTime, Number(began));
const context = await openSender({ db, chat: slackAt(chat), clock, holder });
for (;;) {
  await sendLane(context, Number(lane));
  const found = await states(db);
  if ((found['planned'] ?? 0) + (found['retry'] ?? 0) === 0) break;
  await wait(wakeUp);
}
await db.destroy();
console.log(JSON.stringify({ holder }));
