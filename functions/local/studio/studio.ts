/** The studio over the local host: what a persona sees, what a press does, and the clock. */
import { sayIn } from '../../../core/content/say.ts';
import type { Language, Text } from '../../../core/language.ts';
import { type Platform, platforms } from '../../../core/ports.ts';
import { findSent } from '../../../core/store/runs/nudges.ts';
import type { PressResult, StudioMessage, StudioPort } from '../../../web/studio/port.ts';
import { chatFaults } from '../chat/faults.ts';
import { checkPayload } from '../chat/payload-rules.ts';
import { momentLabel } from '../story/moment.ts';
import type { Story } from '../story/story.ts';
import type { Journey } from './journey.ts';
import { type Played, personas } from './personas.ts';
import { timeline } from './timeline.ts';
import { whySent } from './why.ts';

const [newcomer] = personas;
const shownMessages = 30;
const platformNames: Readonly<Record<Platform, string>> = { slack: 'Slack', teams: 'Teams' };

const named = (id: string): Played => {
  const found = personas.find((one) => one.id === id) ?? newcomer;
  if (found === undefined) throw new Error('the studio has no persona');
  return found;
};

type Act = (userId: string) => Promise<PressResult>;

/** Does something as a persona, while the clock stands still. */
const actingIn =
  ({ host: { context } }: Story, journey: Journey) =>
  async (persona: string, platform: Platform, act: Act): Promise<PressResult> => {
    const userId = named(persona).users[platform];
    if (userId === undefined) return { error: `${persona} is not on ${platformNames[platform]}` };
    if (journey.running('id') !== null)
      return { error: sayIn(context.catalogue, 'id')('studio.busy') };
    return journey.meanwhile(() => act(userId));
  };

/** The studio's port; `journey` moves the clock for everybody who looks. */
export const openStudio = (story: Story, journey: Journey): StudioPort => {
  const { host } = story;
  const { context } = host;
  const acting = actingIn(story, journey);
  const actor = (platform: Platform) => {
    const found = host.actors.get(platform);
    if (found === undefined) throw new Error(`no local chat for ${platform}`);
    return found;
  };
  // Only one of the chats has a Home.
  const { home } = actor('slack');
  if (home === undefined) throw new Error('the local Slack has no Home');
  return {
    state: async ({ persona, language }) => {
      const who = named(persona);
      return {
        now: host.clock.now().toISOString(),
        nowLabel: momentLabel(host.clock.now(), context.agency.zone, language),
        running: journey.running(language),
        personas: personas.map(({ id, label, role }) => ({ id, label, role })),
        persona: who.id,
        messages: await messagesOf(story, who, language),
        home: who.users.slack === undefined ? null : home.shown(who.users.slack),
        timeline: await timeline(context, language),
        faults: faultsOf(story),
      };
    },
    press: ({ persona, platform, ref, action, inputs }) =>
      acting(persona, platform, (userId) =>
        actor(platform).press({ userId, ref, element: action, inputs }),
      ),
    submit: ({ persona, viewId, values }) =>
      // Only one of the chats has forms that open by themselves.
      acting(persona, 'slack', (userId) => actor('slack').submit({ userId, viewId, values })),
    type: ({ persona, platform, text }) =>
      acting(persona, platform, (userId) => actor(platform).type({ userId, text })),
    openHome: ({ persona }) => acting(persona, 'slack', home.open),
    actHome: ({ persona, action, value }) =>
      acting(persona, 'slack', (userId) => home.act({ userId, action, value })),
    advance: async (step) => journey.start(await story.target(step)),
    cancel: async () => journey.cancel(),
    setFault: async (id, on) => {
      const [platform, fault] = id.split(':');
      const known = platforms.find((one) => one === platform);
      if (known === undefined) return;
      host.setFault(known, on ? (chatFaults.find((one) => one === fault) ?? null) : null);
      journey.changed();
    },
    subscribe: journey.subscribe,
  };
};

const messagesOf = async (
  { host }: Story,
  who: Played,
  language: Language,
): Promise<readonly StudioMessage[]> => {
  const own = platforms.flatMap((platform) =>
    host
      .messages()
      .filter((one) => one.platform === platform && one.userId === who.users[platform])
      .slice(-shownMessages),
  );
  const nudges = new Map(
    (
      await findSent(
        host.context.db,
        own.map(({ ref }) => ref),
      )
    ).map((nudge) => [nudge.ref, nudge]),
  );
  return own.map((message) => ({
    platform: message.platform,
    ref: message.ref,
    sentAt: message.sentAt.toISOString(),
    payload: message.payload,
    why: whySent(host.context.catalogue, language, {
      message,
      nudge: nudges.get(message.ref) ?? null,
    }),
    rules: checkPayload(message.platform, message.payload),
  }));
};

const faultsOf = ({ host }: Story) =>
  platforms.flatMap((platform) =>
    chatFaults.map((fault) => ({
      id: `${platform}:${fault}`,
      label: both(host.context.catalogue, `studio.fault.${fault}`, platformNames[platform]),
      on: host.faults.get(platform) === fault,
    })),
  );

const both = (catalogue: Parameters<typeof sayIn>[0], key: string, platform: string): Text => ({
  id: sayIn(catalogue, 'id')(key, { platform }),
  en: sayIn(catalogue, 'en')(key, { platform }),
});
