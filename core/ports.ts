/** What core asks of the outside; other folders implement these types. */
import type { ChatMessage } from './conversation/message.ts';

/** A chat product. Shared code never compares it with a literal: it is a key into tables. */
export const platforms = ['slack', 'teams'] as const;
export type Platform = (typeof platforms)[number];

/** Where one person is reached. */
export type Address = {
  readonly platform: Platform;
  /** Slack team id or Teams tenant id. */
  readonly workspaceId: string;
  /** Slack user id or Entra object id. */
  readonly userId: string;
  /** Conversation id once known: Slack DM channel, Teams conversation id. */
  readonly conversation: string | null;
  /** Teams Connector base address, refreshed from inbound activities; null on Slack. */
  readonly serviceUrl: string | null;
};

/** A message that was delivered and can be changed in place. */
export type MessageRef = { readonly address: Address; readonly ref: string };

/** Where an in-place change of the acted-on message can go. */
export type EventTarget = {
  /** Platform id of the acted-on message (Slack ts, Teams activity id), null when there is none. */
  readonly ref: string | null;
  /** Slack response_url: 5 uses within 30 minutes; null on Teams. */
  readonly replyUrl: string | null;
};

/** What one POST came to. `unknown` is everything ambiguous: it is never retried blindly. */
export type Outcome =
  | { readonly state: 'sent'; readonly ref: string; readonly conversation: string }
  | { readonly state: 'retry'; readonly reason: string; readonly afterSeconds: number | null }
  | { readonly state: 'unreachable'; readonly reason: string }
  | { readonly state: 'lane-paused'; readonly reason: string }
  | { readonly state: 'unknown'; readonly reason: string };

/** How platforms differ where shared code must know: a difference is data, never a comparison of names. */
export type Capabilities = {
  /** The door's own HTTP answer already changed the acted-on message (Teams invokes). */
  readonly answersInDoor: boolean;
  /** Messages a second one workspace accepts, and the burst above it. */
  readonly rate: number;
  readonly burst: number;
};

/** One chat platform, outgoing side; one POST per call, no retry inside. */
export type Chat = {
  readonly platform: Platform;
  readonly capabilities: Capabilities;
  /** `key` is the stored idempotency key (a UUID) of the nudge. */
  readonly deliver: (to: Address, message: ChatMessage, key: string) => Promise<Outcome>;
  readonly update: (target: MessageRef, message: ChatMessage) => Promise<Outcome>;
  /** Answers an event: `replace` changes the acted-on message, `reply` adds one to the same conversation. */
  readonly answer: (
    to: { readonly from: Address; readonly target: EventTarget },
    message: ChatMessage,
    how: 'replace' | 'reply',
  ) => Promise<Outcome>;
};

/** Durable queue: `put` returns only when the body would survive a crash. */
export type Queue = { readonly put: (body: string) => Promise<void> };

/** Secrets that can be deleted at once (wave keys). `get` gives null when absent. */
export type Secrets = {
  readonly get: (name: string) => Promise<string | null>;
  readonly put: (name: string, value: string) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
};

type Fields = Readonly<Record<string, string | number | boolean | null>>;

/** One line per event, ids and never contents. */
export type Log = {
  readonly info: (event: string, fields?: Fields) => void;
  readonly warn: (event: string, fields?: Fields) => void;
  readonly error: (event: string, fields?: Fields) => void;
};
