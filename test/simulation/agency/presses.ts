/** What people do with their messages: presses that the queue delivers twice, in another order, hours late. */
import type { ChatEvent } from '../../../core/conversation/event.ts';
import { actionIds } from '../../../core/conversation/message.ts';
import { actionValue } from '../../../core/conversation/values.ts';
import type { Platform } from '../../../core/ports.ts';
import type { Hardship } from '../judge/hardships.ts';
import type { Accepted } from '../network/platform.ts';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';

type Workspace = { readonly platform: Platform; readonly workspaceId: string };

type Parts = {
  readonly world: World;
  readonly random: Random;
  /** Gives an event to some machine of ours that lives; false when it died over it. */
  readonly hand: (event: ChatEvent) => void;
  readonly lesson: string;
  readonly workspaceOf: (user: string) => Workspace | null;
  readonly face: (hardship: Hardship) => void;
};

const acts = [
  [actionIds.tryToday, 'lesson'],
  [actionIds.later, 'lesson'],
  [actionIds.later, 'lesson'],
  [actionIds.frequency, '3'],
  [actionIds.pause, '2'],
  [actionIds.resume, ''],
  [actionIds.stop, ''],
] as const;

/** Hours that a queue may hold an entry back. */
const longest = 12 * 3_600_000;

/** Answers one message in twelve, each delivered once to three times. */
export const pressOn = (parts: Parts) => {
  const { world, random, hand, workspaceOf, face } = parts;
  let count = 0;
  let last = 0;
  const arrive = (event: ChatEvent, number: number): void => {
    if (number < last) face('press-reordered');
    last = Math.max(last, number);
    hand(event);
  };
  return (message: Accepted): void => {
    const workspace = workspaceOf(message.user);
    if (message.key === null || workspace === null || !random.chance(1 / 12)) return;
    count += 1;
    const at = world.now() + random.between(1, 7_200) * 1000;
    const number = count;
    const event = pressOf(parts, message, { number, at, workspace });
    for (const late of delaysOf(parts)) world.at(at + late, () => arrive(event, number));
  };
};

/** How late each copy of a press comes, in milliseconds. */
const delaysOf = ({ random, face }: Parts): readonly number[] => {
  const delays = Array.from({ length: random.between(1, 3) }, () =>
    random.chance(0.2) ? random.between(0, longest) : random.between(0, 60_000),
  );
  if (delays.length > 1) face('press-twice');
  if (Math.max(...delays) > 3_600_000) face('press-hours-late');
  return delays;
};

type Press = { readonly number: number; readonly at: number; readonly workspace: Workspace };

const pressOf = ({ random, lesson }: Parts, message: Accepted, press: Press): ChatEvent => {
  const { user, ref } = message;
  const { number, at, workspace } = press;
  const [action, what] = random.pick(acts);
  const pieces = what === 'lesson' ? [lesson] : [what].filter((piece) => piece !== '');
  return {
    kind: 'action',
    key: `${workspace.platform}/press-${number}`,
    from: { ...workspace, userId: user, conversation: `D${user}`, serviceUrl: null },
    at: new Date(at),
    target: { ref, replyUrl: null },
    action,
    value: actionValue('id', ...pieces),
  };
};
