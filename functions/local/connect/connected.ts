/** A chat product connected to this machine. */
import type { Hono } from 'hono';
import type { SlackAnswerDeps } from '../../../bot/slack/door.ts';
import type { Clock } from '../../../core/clock.ts';
import type { Chat } from '../../../core/ports.ts';
import type { Door } from '../../app/app.ts';
import type { Context } from '../../jobs/context.ts';

export type Connected = {
  readonly chat: Chat;
  /** The workspace or tenant that gets a lane. */
  readonly workspaceId: string;
  /** As its administrators know it. */
  readonly name: string;
  /** Mounted where the platform posts to us; null where a connection of our own brings everything. */
  readonly door: Door | null;
  /** Pages of the platform's own, on a host whose jobs are running. */
  readonly pages?: (context: Context) => Hono | null;
  /** Begins to listen. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

type ConnectParts = Pick<SlackAnswerDeps, 'ticketKey' | 'catalogue' | 'queue' | 'log'> & {
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** Opens one chat; throws ConfigError when its credentials are refused. */
export type Connect = (parts: ConnectParts) => Promise<Connected>;
