/** What a local chat is opened with. */
import type { Catalogue } from '../../../core/content/schema.ts';
import type { Log, Queue } from '../../../core/ports.ts';
import type { LocalMessage } from '../../../core/store/local-messages.ts';
import type { SimulatedClock } from '../clock.ts';
import type { ChatFault } from './faults.ts';

export type ChatParts = {
  readonly catalogue: Catalogue;
  readonly queue: Queue;
  readonly log: Log;
  readonly clock: SimulatedClock;
  readonly ticketKey: string;
  /** Messages of an earlier run. */
  readonly stored: readonly LocalMessage[];
  readonly save: (message: LocalMessage) => Promise<void>;
  readonly fault: () => ChatFault | null;
};
