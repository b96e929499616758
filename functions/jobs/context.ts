/** What every job works with; each host fills it once. */
import type { Clock } from '../../core/clock.ts';
import type { Catalogue } from '../../core/content/schema.ts';
import type { Backlog, Chat, Installer, Log, Platform, Queue, Secrets } from '../../core/ports.ts';
import type { Database } from '../../core/store/database.ts';
import type { Outlook } from '../../core/store/outlook.ts';

/** Who runs the programme; shown in the welcome, never blank in production. */
export type Agency = {
  readonly name: string;
  readonly letter: string;
  readonly contact: string;
  /** Zone of the agency's own dates (waves open and close by it). */
  readonly zone: string;
  /** Address of the agency's own ballot pages, without a slash at its end; null where ballots are given in chat. */
  readonly ballotPage: string | null;
};

export type Context = {
  readonly db: Database;
  readonly catalogue: Catalogue;
  readonly chats: ReadonlyMap<Platform, Chat>;
  readonly secrets: Secrets;
  /** Left out where there is no queue to ask. */
  readonly backlog?: Backlog;
  /** Where wake-ups of lanes are put; left out where lanes run within the tick. */
  readonly wakeUps?: Queue;
  readonly clock: Clock;
  readonly log: Log;
  readonly agency: Agency;
  readonly ticketKey: string;
  /** Names this process in a lane's lease. */
  readonly holder: string;
  /** Absent where apps are not installed through us. */
  readonly installer?: Installer;
};

/** What a job's next run is reckoned from. */
type Reckoning = {
  readonly now: Date;
  readonly outlook: Outlook;
};

/** A scheduled job: when it next has work, and the work. */
export type Job = {
  /** The next instant with work; in the past when work is overdue, null when none is in sight. */
  readonly next: (context: Context, reckoning: Reckoning) => Promise<Date | null>;
  readonly run: (context: Context, now: Date) => Promise<void>;
};
