/** The personal tab's data: what is done in it is an event like any other, and the Home is drawn for the page. */
import { randomUUID } from 'node:crypto';
import type { SignIn } from '../../../bot/teams/microsoft/sign-in.ts';
import type { Home } from '../../../core/conversation/home.ts';
import { type ActionId, actionIds } from '../../../core/conversation/message.ts';
import type { Chat } from '../../../core/ports.ts';
import type { TabPort, TabPress } from '../../../web/tab/port.ts';
import type { Context } from '../../jobs/context.ts';
import { onEvent } from '../../jobs/conversation/converse.ts';

/** The tab of whoever signs in; people of the roster and nobody else have one. The store is opened for no other reader. */
export const tabData = (open: () => Promise<Context>, signIn: SignIn): TabPort => ({
  home: async (authorization, press) => {
    const from = await signIn(authorization);
    const said = saidBy(press);
    if (from === null || said === null) return null;
    const context = await open();
    const known = context.chats.get(from.platform);
    if (known === undefined) return null;
    let drawn: Home | null = null;
    const chat: Chat = {
      ...known,
      home: async (_, home) => {
        drawn = home;
        return { state: 'sent', ref: '', conversation: '' };
      },
    };
    const common = {
      key: `${from.platform}/tab/${randomUUID()}`,
      from,
      at: context.clock.now(),
      target: { ref: null, replyUrl: null, home: true },
    } as const;
    const chats = new Map([...context.chats, [from.platform, chat] as const]);
    await onEvent({ ...context, chats }, { ...common, ...said });
    return drawn;
  },
});

type Said =
  | { readonly kind: 'home' }
  | { readonly kind: 'action'; readonly action: ActionId; readonly value: string };

/** Opening the tab, or a press in it; null for what is no action of ours. */
const saidBy = (press: TabPress | null): Said | null => {
  if (press === null) return { kind: 'home' };
  const action = Object.values(actionIds).find((id) => id === press.action);
  return action === undefined ? null : { kind: 'action', action, value: press.value };
};
