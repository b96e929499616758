/** A Slack workspace on this machine: Web API, response URLs, people who press, fill in and type. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../../core/clock.ts';
import type { LocalMessage } from '../../../../core/store/local-messages.ts';
import type { ChatFault } from '../faults.ts';
import { received } from '../received.ts';
import type { HomeTab } from './blocks/rules.ts';
import { serveSlack } from './methods.ts';
import { type SlackPeople, slackPeople } from './people.ts';
import type { OpenModal, WorkspaceState } from './state.ts';

export type SlackWorkspace = SlackPeople & {
  /** Serves https://slack.com/api/ and the response URLs, and nothing else. */
  readonly fetch: typeof fetch;
  readonly signingSecret: string;
  /** The bot token of this workspace; null for any other workspace id. */
  readonly botToken: (workspaceId: string) => Promise<string | null>;
  readonly message: (ref: string) => LocalMessage | null;
  /** The person's Home as published last, or null. */
  readonly home: (userId: string) => HomeTab | null;
  /** The modal with this view id while it is on the screen. */
  readonly modal: (viewId: string) => OpenModal | null;
  /** The modal that the person opened last and has not sent or closed. */
  readonly modalOf: (userId: string) => OpenModal | null;
};

type Settings = {
  readonly clock: Clock;
  /** Slack team id, `T…`. */
  readonly workspaceId: string;
  readonly refuses: (userId: string) => boolean;
  readonly fault: () => ChatFault | null;
  /** Keeps each new or changed message. */
  readonly save: (message: LocalMessage) => Promise<void>;
  /** Messages of an earlier run. */
  readonly stored?: readonly LocalMessage[];
};

/** Opens the workspace; its token and signing secret live as long as the process. */
export const createSlackWorkspace = (settings: Settings): SlackWorkspace => {
  const stored = settings.stored ?? [];
  const state: WorkspaceState = {
    ...settings,
    signingSecret: randomUUID(),
    token: `xoxb-local-${randomUUID()}`,
    messages: new Map(stored.map((message) => [message.ref, message])),
    modals: new Map(),
    homes: new Map(),
    triggers: new Map(),
    replyUrls: new Map(),
    stamp: stamps(
      settings.clock,
      stored.map(({ ref }) => ref),
    ),
  };
  return {
    ...slackPeople(state),
    fetch: async (input, init) => serveSlack(state, received(input, init)),
    signingSecret: state.signingSecret,
    botToken: async (workspaceId) => (workspaceId === settings.workspaceId ? state.token : null),
    message: (ref) => state.messages.get(ref) ?? null,
    home: (userId) => state.homes.get(userId) ?? null,
    modal: (viewId) => state.modals.get(viewId) ?? null,
    modalOf: (userId) =>
      [...state.modals.values()].findLast((modal) => modal.userId === userId) ?? null,
  };
};

/** Slack's message ids are times in microseconds, each given out once; they go on after those of an earlier run. */
const stamps = (clock: Clock, given: readonly string[]): (() => string) => {
  let last = given.reduce((highest, ts) => {
    const [seconds = '0', micros = '0'] = ts.split('.');
    return Math.max(highest, Number(seconds) * 1_000_000 + Number(micros));
  }, 0);
  return () => {
    last = Math.max(last + 1, clock.now().getTime() * 1000);
    return `${Math.floor(last / 1_000_000)}.${String(last % 1_000_000).padStart(6, '0')}`;
  };
};
