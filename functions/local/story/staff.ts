/** The sample's people: they read, answer and sometimes put off, always through the doors, as real people would. */

import type { Catalogue } from '../../../core/content/schema.ts';
import { actionIds } from '../../../core/conversation/message.ts';
import { readActionValue } from '../../../core/conversation/values.ts';
import type { Platform } from '../../../core/ports.ts';
import type { LocalMessage } from '../../../core/store/local-messages.ts';
import type { Actor, Button, FormAnswers } from '../chat/actor.ts';
import {
  chance,
  type Habit,
  habits,
  lessonMood,
  pulseAnswers,
  pulseComment,
  reactionAt,
} from '../sample/behaviour.ts';
import type { Happening } from './time.ts';

export type Staff = Happening & {
  /** A message reached somebody: they may react to it later. */
  readonly notice: (message: LocalMessage) => void;
};

/** The wave and items of an open form, and how it is sent. */
export type AskedPulse = {
  readonly wave: string;
  readonly items: readonly string[];
  readonly send: (answers: FormAnswers, comment: string | null) => Promise<unknown>;
};

type Settings = {
  readonly actors: ReadonlyMap<Platform, Actor>;
  readonly catalogue: Catalogue;
  /** The unit of a chat user, by which answers differ. */
  readonly unitOf: (userId: string) => string;
  /** People played by whoever uses the studio: they do nothing by themselves. */
  readonly isPlayed: (userId: string) => boolean;
  /** The form that a message asks to be filled in, here or on the agency's own page; null where it asks for none. */
  readonly pulseOf: (message: LocalMessage, actor: Actor) => AskedPulse | null;
  readonly now: () => Date;
  /** Handles what the doors queued. */
  readonly drain: () => Promise<void>;
};

type Plan = {
  readonly at: Date;
  readonly message: LocalMessage;
  readonly act: (actor: Actor) => Promise<boolean>;
};

/** People with habits, waiting for messages. */
export const createStaff = (settings: Settings): Staff => {
  let plans: Plan[] = [];
  return {
    notice: (message) => {
      const actor = settings.actors.get(message.platform);
      if (actor === undefined || message.changedAt !== null || settings.isPlayed(message.userId))
        return;
      const plan = planReaction(settings, actor, message);
      // After a restart: who would have reacted before now has done so.
      if (plan === null || plan.at <= settings.now()) return;
      const index = plans.findIndex(({ at }) => at > plan.at);
      plans.splice(index < 0 ? plans.length : index, 0, plan);
    },
    next: () => plans[0]?.at ?? null,
    run: async (now) => {
      const due = plans.filter(({ at }) => at <= now);
      plans = plans.filter(({ at }) => at > now);
      let changed = false;
      // Different people press at the same time; each goes through the door alone.
      const acts = due.map(async ({ message, act }) => {
        const actor = settings.actors.get(message.platform);
        if (actor !== undefined && (await act(actor))) changed = true;
      });
      await Promise.all(acts);
      if (due.length > 0) await settings.drain();
      return changed;
    },
  };
};

const planReaction = (settings: Settings, actor: Actor, message: LocalMessage): Plan | null => {
  const buttons = actor.buttons(message.payload);
  const has = (id: Button['action']) => buttons.find(({ action }) => action === id);
  const pulse = settings.pulseOf(message, actor);
  if (pulse !== null) return planPulse(settings, message, pulse);
  if (has(actionIds.commit) !== undefined)
    return pressLater(message, habits.leader, { about: 'leader', button: has(actionIds.commit) });
  return has(actionIds.answerQuiz) === undefined ? null : planLesson(settings, message, buttons);
};

const planLesson = (
  { catalogue }: Settings,
  message: LocalMessage,
  buttons: readonly Button[],
): Plan | null => {
  const answers = buttons.filter(({ action }) => action === actionIds.answerQuiz);
  const lessonId = readActionValue(answers[0]?.value ?? '')?.pieces[0] ?? '';
  const lesson = catalogue.lessons.get(lessonId);
  const mood = lessonMood({ userId: message.userId, about: lessonId }, message.sentAt);
  const named = (action: Button['action']) => buttons.find((button) => button.action === action);
  const chosen = (): Button | undefined => {
    if (mood === 'tries') return named(actionIds.tryToday);
    if (mood === 'later') return named(actionIds.later);
    const right = chance(`quiz/${message.userId}/${lessonId}`) < 0.7;
    const isRight = ({ value }: Button) => {
      const optionId = readActionValue(value)?.pieces[1];
      return lesson?.quiz.options.find(({ id }) => id === optionId)?.correct === right;
    };
    return answers.find(isRight);
  };
  return pressLater(message, habits.lesson, { about: lessonId, button: chosen() });
};

const pressLater = (
  message: LocalMessage,
  habit: Habit,
  { about, button }: { readonly about: string; readonly button: Button | undefined },
): Plan | null => {
  const at = reactionAt(habit, { userId: message.userId, about }, message.sentAt);
  if (at === null || button === undefined) return null;
  return {
    at,
    message,
    act: async (actor) => {
      const { userId, ref } = message;
      await actor.press({ userId, ref, element: button.element, inputs: {} });
      return button.action === actionIds.later;
    },
  };
};

const planPulse = (settings: Settings, message: LocalMessage, form: AskedPulse): Plan | null => {
  const { userId } = message;
  // An invitation and each reminder is a new chance; the date tells them apart.
  const about = `${form.wave}/${message.sentAt.toISOString().slice(0, 10)}`;
  const at = reactionAt(habits.pulse, { userId, about }, message.sentAt);
  if (at === null) return null;
  const byId = new Map(settings.catalogue.survey.items.map((item) => [item.id, item]));
  const items = form.items.flatMap((id) => byId.get(id) ?? []);
  const answers = pulseAnswers(items, { userId, unit: settings.unitOf(userId), wave: form.wave });
  return {
    at,
    message,
    act: async () => {
      await form.send(answers, pulseComment({ userId, wave: form.wave }));
      return false;
    },
  };
};
