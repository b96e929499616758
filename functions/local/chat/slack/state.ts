/** What the local workspace keeps in memory, and the words its methods share. */
import type { Clock } from '../../../../core/clock.ts';
import type { LocalMessage } from '../../../../core/store/local-messages.ts';
import type { ChatFault } from '../faults.ts';
import type { HomeTab, Modal } from './blocks/rules.ts';

/** A modal on somebody's screen. */
export type OpenModal = {
  readonly viewId: string;
  readonly hash: string;
  readonly userId: string;
  readonly view: Modal;
};

/** What the workspace works with. */
export type WorkspaceState = {
  readonly clock: Clock;
  readonly workspaceId: string;
  readonly signingSecret: string;
  readonly token: string;
  readonly messages: Map<string, LocalMessage>;
  readonly modals: Map<string, OpenModal>;
  /** The Home of each person who opened it, as published last. */
  readonly homes: Map<string, HomeTab>;
  readonly triggers: Map<
    string,
    { readonly userId: string; readonly at: Date; readonly used: boolean }
  >;
  readonly replyUrls: Map<
    string,
    {
      readonly userId: string;
      readonly ref: string | null;
      readonly at: Date;
      readonly uses: number;
    }
  >;
  /** A `seconds.microseconds` that was never given out before. */
  readonly stamp: () => string;
  readonly save: (message: LocalMessage) => Promise<void>;
  /** True for a person whose account is deactivated. */
  readonly refuses: (userId: string) => boolean;
  readonly fault: () => ChatFault | null;
};

/** The direct message channel of a person. */
export const channelOf = (userId: string): string => `D${userId}`;
/** The person behind a channel or user id; null for any other id. */
export const personOf = (channel: string): string | null => {
  const userId = channel.startsWith('D') ? channel.slice(1) : channel;
  return /^[UW]/.test(userId) ? userId : null;
};

/** Arguments of a method, as read from JSON or a form. */
export type Arguments = Readonly<Record<string, unknown>>;

/** Slack's answer to what it refuses. */
export const failed = (error: string): Response => Response.json({ ok: false, error });
