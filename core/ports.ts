/** What core asks of the outside; other folders implement these types. */
import type { Home } from './conversation/home.ts';
import type { ChatMessage } from './conversation/message.ts';
import type { Installation, InstallationPlace, Reach, Renewal, Tokens } from './installation.ts';
import type { Member } from './people/member.ts';

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
  /** Done in the person's Home: there is no message to answer, the Home itself is drawn anew. */
  readonly home?: true;
  /** The door had no way to show this client an answer: whatever there is to say is said from behind the queue. */
  readonly unanswered?: true;
};

/** What one POST came to. `unknown` is everything ambiguous: it is never retried blindly. */
export type Outcome =
  | { readonly state: 'sent'; readonly ref: string; readonly conversation: string }
  | { readonly state: 'retry'; readonly reason: string; readonly afterSeconds: number | null }
  | { readonly state: 'unreachable'; readonly reason: string }
  | { readonly state: 'lane-paused'; readonly reason: string }
  | { readonly state: 'unknown'; readonly reason: string };

/** What a POST comes to, or anything asked of a platform, that did not succeed. */
export type Failure = Exclude<Outcome, { state: 'sent' }>;

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
  readonly deliver: (to: Address, message: ChatMessage, key: MessageKey) => Promise<Outcome>;
  readonly update: (target: MessageRef, message: ChatMessage) => Promise<Outcome>;
  /** Answers an event: `replace` changes the acted-on message, `reply` adds one to the same conversation. */
  readonly answer: (
    to: { readonly from: Address; readonly target: EventTarget },
    message: ChatMessage,
    how: 'replace' | 'reply',
  ) => Promise<Outcome>;
  /** Shows the person's Home as it is now; absent where the platform has none. */
  readonly home?: (to: Address, home: Home) => Promise<Outcome>;
  /** How a message whose answer was lost is looked up; null where the platform has no way. */
  readonly lookUp: LookUp | null;
  /** Who is a member of a workspace; absent where nobody may or can be asked. */
  readonly directory?: Directory;
  /** Takes a message away that must not stand and cannot be changed in place. */
  readonly remove?: (target: MessageRef) => Promise<Outcome>;
  /** Whom the platform's directory names behind one address; absent where only `directory` tells. */
  readonly whoIs?: (at: Address) => Promise<Profile>;
};

/** What a platform's directory says of one person, or why it said nothing. */
export type Profile =
  /** The same member once for each address, the likeliest first; none where no address is shown. */
  | { readonly state: 'known'; readonly members: readonly Member[] }
  | { readonly state: 'unclear'; readonly reason: string };

/** What asking for one page of a directory came to. */
export type DirectoryPage =
  | {
      readonly state: 'page';
      readonly members: readonly Member[];
      /** Where the next page begins; null after the last. */
      readonly cursor: string | null;
      /** Whether the directory shows e-mail addresses at all. */
      readonly emails: boolean;
    }
  /** Nothing was learned; not to be asked again before `afterSeconds`. */
  | { readonly state: 'wait'; readonly reason: string; readonly afterSeconds: number }
  /** The cursor is no longer known: the reading begins anew. */
  | { readonly state: 'lost-place' }
  | { readonly state: 'refused'; readonly reason: string };

/** The members of a workspace, page by page. */
export type Directory = {
  readonly page: (workspaceId: string, cursor: string | null) => Promise<DirectoryPage>;
};

/** The platform's side of installed apps. */
export type Installer = {
  readonly platform: Platform;
  /** Opens what the door or we have sealed; throws when it is none of ours. */
  readonly open: (sealed: string) => Promise<Installation>;
  readonly seal: (installation: Installation) => Promise<string>;
  /** Uses up the refresh token. */
  readonly renew: (tokens: Tokens) => Promise<Renewal>;
  /** Workspaces in which a token works now. */
  readonly reach: (place: InstallationPlace, token: string) => Promise<Reach>;
};

/**
 * The stored idempotency key (a UUID) of a nudge, carried along to be looked up by; `honoured` where the lane was found
 * to show one message however often its key is posted.
 */
export type MessageKey = {
  readonly key: string;
  readonly honoured?: boolean;
  readonly hindrance?: Hindrance;
};

/**
 * Asked right before each write, after whatever had to be fetched or opened for it: what the message comes to instead
 * where it may not go any more.
 */
export type Hindrance = () => Promise<Failure | null>;

/** What looking for one message came to. */
export type Found =
  | { readonly state: 'found'; readonly ref: string; readonly conversation: string }
  /** Everything since was read, and the message is not there. */
  | { readonly state: 'absent' }
  /** This message cannot be looked for. */
  | { readonly state: 'out-of-sight'; readonly reason: string }
  /** No message of this workspace can be looked for until somebody grants it. */
  | { readonly state: 'not-permitted'; readonly reason: string }
  /** Nothing was learned; the workspace may be asked again, not before `afterSeconds` where it said so. */
  | { readonly state: 'unclear'; readonly reason: string; readonly afterSeconds: number | null };

export type LookUp = {
  /** Look-ups a second that one workspace accepts, and the burst above it. */
  readonly rate: number;
  readonly burst: number;
  /** Looks for the message with this key among those posted since, in one conversation. */
  readonly find: (
    to: Address,
    sought: { readonly key: string; readonly since: Date },
  ) => Promise<Found>;
};

/** What is known of a lane; null = not found out. */
export type Findings = {
  /** What a repeated client_msg_id does: shows one message, shows both, or is turned away. */
  readonly clientMsgId: 'deduplicates' | 'ignored' | 'refused' | null;
  /** Whether messages can be looked up. */
  readonly history: boolean | null;
};

/** What one message to the operator showed of a lane. */
export type Examination = {
  readonly outcome: Outcome;
  /** Null when the message did not arrive: then nothing new is known. */
  readonly findings: Findings | null;
  /** What else was found and what to do, in plain words. */
  readonly notes: readonly string[];
};

/** Tries one lane out with a message to the operator. */
export type Examine = (operator: Address, message: ChatMessage) => Promise<Examination>;

/** Durable queue: `put` returns only when the body would survive a crash. */
export type Queue = { readonly put: (body: string) => Promise<void> };

/** What the receivers have not handled yet: entries that wait or are being handled, and dead letters. */
export type Unhandled = { readonly waiting: number; readonly dead: number };

/** Null where a host cannot tell. A host that can look into its entries counts those with a ballot only. */
export type Backlog = () => Promise<Unhandled | null>;

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
