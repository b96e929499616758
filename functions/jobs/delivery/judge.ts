/** The last look at a claimed row: the person's side of it, and whether its item may still be said. */
import type { WorkCalendar } from '../../../core/calendar/work-time.ts';
import { atRisk } from '../../../core/content/source-lock.ts';
import { catalogueItem, isRecall, takenBack } from '../../../core/delivery/amendment.ts';
import type { Cancelled } from '../../../core/delivery/cancellation.ts';
import { recheck, type Verdict } from '../../../core/delivery/recheck.ts';
import type { Claimed } from '../../../core/store/outbox/claims.ts';
import type { Context } from '../context.ts';

export type Judging = {
  readonly calendar: WorkCalendar;
  /** Items withdrawn as wrong. */
  readonly recalled: ReadonlySet<string>;
  /** What an operator stopped. */
  readonly cancelled: Cancelled;
  readonly now: Date;
};

/** Whether a row may go now, and else what becomes of it, with its reason. */
export const judge = (context: Context, judging: Judging, row: Claimed): Verdict => {
  if (isRecall(row.stream)) return judgeRecall(judging, row);
  if (judging.cancelled(row)) return { act: 'skip', reason: 'cancelled' };
  const verdict = recheck(judging.calendar, row.person, {
    expires: row.expires,
    now: judging.now,
  });
  if (verdict.act !== 'send') return verdict;
  const reason = whyUnsaid(context, judging, row);
  return reason === null ? verdict : { act: 'skip', reason };
};

/** A recall says nothing new: it waits for no working hours and reaches also who paused or stopped. */
const judgeRecall = ({ recalled, now }: Judging, { item, person, expires }: Claimed): Verdict => {
  if (!recalled.has(item)) return { act: 'skip', reason: takenBack };
  if (person.status === 'left') return { act: 'skip', reason: 'left' };
  if (person.unreachableReason !== null)
    return { act: 'unreachable', reason: person.unreachableReason };
  return now < expires ? { act: 'send' } : { act: 'expire', reason: 'window-over' };
};

const itemStreams: readonly string[] = ['lesson', 'lesson-later', 'leader', 'correction'];

/** Why an item of the catalogue is not said any more, or null. A survey's items are left out of the form one by one. */
const whyUnsaid = (
  { catalogue }: Context,
  { recalled }: Judging,
  { stream, item }: Claimed,
): string | null => {
  if (!itemStreams.includes(stream)) return null;
  const id = catalogueItem(item);
  if (!catalogue.lessons.has(id) && !catalogue.prompts.has(id)) return 'content-withdrawn';
  if (recalled.has(id)) return 'recalled';
  return atRisk(catalogue).has(id) ? 'source-changed' : null;
};
