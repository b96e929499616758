/** The chats under one contract: Slack in process, Slack over a strict server's sockets, Teams; each whole, with a person at it. */
import type { Catalogue } from '../../core/content/schema.ts';
import type { ChatEvent } from '../../core/conversation/event.ts';
import type { Address, Chat } from '../../core/ports.ts';
import type { LocalMessage } from '../../core/store/local-messages.ts';
import type { Actor } from '../../functions/local/chat/actor.ts';
import type { ChatFault } from '../../functions/local/chat/faults.ts';
import { slackActor } from '../../functions/local/chat/slack/actor.ts';
import { teamsActor } from '../../functions/local/chat/teams/actor.ts';
import { strictServer } from './slack/strict-server.ts';
import { slackHouse, strangerAt as slackStranger } from './slack/workspace.ts';
import { teamsHouse, strangerAt as teamsStranger } from './teams/tenant.ts';

export type Surface = {
  readonly chat: Chat;
  readonly actor: Actor;
  readonly state: {
    at: number;
    fault: ChatFault | null;
    readonly refusing: Set<string>;
  };
  /** What waits on the queue, as kept. */
  readonly bodies: readonly string[];
  readonly drain: () => Promise<readonly ChatEvent[]>;
  /** Somebody to whom the bot has never written. */
  readonly stranger: Address;
  /** What that person's conversation shows now, oldest first. */
  readonly shown: () => readonly LocalMessage[];
  /** From now on so many milliseconds pass between a press and what the bot does next. */
  readonly lag: (milliseconds: number) => void;
  /** The texts of a payload in which the platform reads markup. */
  readonly read: (payload: unknown) => readonly string[];
  /** Markup that would be obeyed if it stood in one of them. */
  readonly obeyed: readonly RegExp[];
};

const shownIn = (saved: readonly LocalMessage[], now: (ref: string) => LocalMessage | null) => () =>
  [...new Set(saved.map(({ ref }) => ref))].flatMap((ref) => now(ref) ?? []);

/** A mention or a link of mrkdwn begins with a bare "<"; nothing may turn the reading order. */
const slackMarkup = [/<[!@#]/, /<https?:/, /`/, /\*\*/, /\u202e/];
/** A link or emphasis of Markdown has no backslash before its mark. */
const teamsMarkup = [/(?<!\\)\[klik\\?\]\(/, /(?<!\\)<at>/, /(?<!\\)\*\*tebal/, /(?<!\\)`/];

/** Every text of the fields that `fields` names for an object, anywhere inside. */
const textsIn = (
  value: unknown,
  fields: (object: object) => readonly string[],
): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap((one) => textsIn(one, fields));
  if (typeof value !== 'object' || value === null) return [];
  const own = fields(value).flatMap((name) => {
    const text: unknown = Reflect.get(value, name);
    return typeof text === 'string' ? [text] : [];
  });
  return [...own, ...Object.values(value).flatMap((inner) => textsIn(inner, fields))];
};
/** The message's own text and mrkdwn objects; plain_text objects carry no markup. */
const slackTexts = (payload: unknown) =>
  textsIn(payload, (object) => {
    const type: unknown = Reflect.get(object, 'type');
    return type === undefined || type === 'mrkdwn' ? ['text'] : [];
  });
/** Text blocks, facts and labels of a card. */
const teamsTexts = (payload: unknown) =>
  textsIn(payload, (object) =>
    Reflect.get(object, 'type') === 'message' ? [] : ['text', 'title', 'value'],
  );

const slack = (catalogue: Catalogue, server: Parameters<typeof slackHouse>[1]): Surface => {
  const house = slackHouse(catalogue, server);
  const { chat, state, bodies, drain, saved, workspace } = house;
  return {
    ...{ chat, state, bodies, drain },
    actor: slackActor(workspace, house.door),
    stranger: slackStranger('U0SARI'),
    shown: shownIn(saved, workspace.message),
    lag: (milliseconds) => {
      state.lag = milliseconds;
    },
    read: slackTexts,
    obeyed: slackMarkup,
  };
};

const teams = async (catalogue: Catalogue): Promise<Surface> => {
  const house = await teamsHouse(catalogue);
  const { chat, state, bodies, drain, saved, tenant } = house;
  const late = { milliseconds: 0 };
  return {
    ...{ chat, state, bodies, drain },
    actor: teamsActor(tenant, async (request) => {
      state.at += late.milliseconds;
      return house.door(request);
    }),
    stranger: teamsStranger('oid-sari'),
    shown: shownIn(saved, tenant.message),
    lag: (milliseconds) => {
      late.milliseconds = milliseconds;
    },
    read: teamsTexts,
    obeyed: teamsMarkup,
  };
};

/** Opens a surface by its name, for one test. */
export const surfaces: Readonly<Record<string, (catalogue: Catalogue) => Promise<Surface>>> = {
  slack: async (catalogue) => slack(catalogue, null),
  'slack over sockets': async (catalogue) => slack(catalogue, await strictServer()),
  teams,
};
