/** Faults of drawn messages: one for each text and for each broken rule, however many messages show it. */
import type { ContentFile } from '../../../../core/content/schema.ts';
import { readYaml } from '../../../../core/content/yaml-file.ts';
import type { Fault } from '../../../../core/errors.ts';
import type { Platform } from '../../../../core/ports.ts';
import type { Sample, Wish } from '../../../../web/preview/data.ts';
import { platformNames } from '../../../../web/preview/payloads.ts';
import { type Cut, cutFault, type FoundCut, saidIn, says } from './cut-texts.ts';

/** One message as it was drawn for one platform. */
export type Drawn = {
  readonly wish: Wish;
  readonly sample: Sample;
  readonly platform: Platform;
};

export type FoundFaults = {
  readonly addCut: (drawn: Drawn, cut: Cut) => void;
  /** A rule by its name, or why a message cannot be made. */
  readonly addRule: (drawn: Drawn, broken: string) => void;
  readonly all: () => readonly Fault[];
};

/** Gathers faults, with their places in these files. */
export const foundFaults = (files: readonly ContentFile[]): FoundFaults => {
  const ours = files.filter(({ path }) => path.endsWith('.yaml') && !path.startsWith('calendar/'));
  const cuts = new Map<string, FoundCut>();
  const rules = new Map<string, Broken>();
  const addRule: FoundFaults['addRule'] = (drawn, found) => {
    const place = placeOf(ours, drawn.wish);
    const key = 'fault' in drawn.sample.made ? found : `${place.file}:${place.line} ${found}`;
    const broken = rules.get(key) ?? { ...place, found, drawn: [] };
    broken.drawn.push(drawn);
    // A text of the bot that is missing keeps every item from being made: one fault, and none of theirs.
    const shared = { ...broken, file: 'content/messages', line: 0 };
    rules.set(key, broken.file === place.file ? broken : shared);
  };
  let said: ReturnType<typeof saidIn> | null = null;
  return {
    addRule,
    addCut: (drawn, cut) => {
      said ??= saidIn(ours);
      const { language } = drawn.sample;
      const found = cutFault(cut, said, { platform: drawn.platform, language });
      if (found === null) {
        addRule(drawn, `cut to "${cut.kept.slice(-40)}"`);
        return;
      }
      const key = `${found.fault.file} ${found.field}`;
      const before = cuts.get(key);
      // The narrowest place is the one that a shorter text has to fit.
      if (before === undefined || found.room < before.room) cuts.set(key, found);
    },
    all: () => {
      const found = [...cuts.values()];
      const alone = [...rules.values()].filter(({ drawn }) => !drawn.every(isShadow(found)));
      return [...found.map(({ fault }) => fault), ...alone.map(ruleFault)];
    },
  };
};

type Broken = Pick<Fault, 'file' | 'line'> & {
  readonly found: string;
  readonly drawn: Drawn[];
};

/** A text that is too long breaks rules of whole messages, too; whoever shortens it mends both. */
const isShadow =
  (cuts: readonly FoundCut[]) =>
  ({ sample: { made } }: Drawn): boolean =>
    'message' in made && cuts.some(({ text }) => says(made.message, text));

const ruleFault = ({ file, line, found, drawn }: Broken): Fault => {
  const kinds = drawn.map(({ wish: { kind }, sample: { variant } }) =>
    variant === null ? kind.id : `${kind.id} ${variant}`,
  );
  const places = drawn.map(
    ({ platform, sample }) => `${platformNames[platform]} (${sample.language})`,
  );
  return {
    file,
    line,
    what: `${[...new Set(kinds)].join(', ')} in ${[...new Set(places)].join(', ')}`,
    found,
    allowed: "every rule of the platform's messages",
  };
};

/** The file that a message is mostly made of, at the line of its text where it is one of the chat texts. */
const placeOf = (
  files: readonly ContentFile[],
  { kind, lesson, prompt }: Wish,
): Pick<Fault, 'file' | 'line'> => {
  const read = (folder: string) =>
    files.filter(({ path }) => path.startsWith(folder)).map(readYaml);
  const items = {
    lesson: () => ofId(read('lessons/'), lesson),
    prompt: () => ofId(read('prompts/'), prompt),
  };
  const whole =
    kind.of !== null ? items[kind.of]() : kind.group === 'pulse' ? read('surveys/')[0] : undefined;
  if (whole !== undefined) return { file: whole.file, line: 0 };
  const keys = [`${kind.id}.text`, `${kind.id}.title`];
  for (const { file, value, lineAt } of read('messages/')) {
    const key = keys.find((one) => typeof value === 'object' && value !== null && one in value);
    if (key !== undefined) return { file, line: lineAt([key]) };
  }
  return { file: 'content/messages', line: 0 };
};

const ofId = (read: readonly ReturnType<typeof readYaml>[], id: string) =>
  read.find(({ value }) => (value as { readonly id?: unknown } | null)?.id === id);
