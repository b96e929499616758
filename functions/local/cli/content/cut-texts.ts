/** Texts that a chat would cut: which line of which content file says them, how long they are and how long they may be. */
import { slackLimits as slack } from '../../../../bot/slack/limits.ts';
import { teamsLimits as teams } from '../../../../bot/teams/limits.ts';
import type { ContentFile } from '../../../../core/content/schema.ts';
import { printPath } from '../../../../core/content/shape.ts';
import { readYaml, type ValuePath } from '../../../../core/content/yaml-file.ts';
import { codePoints } from '../../../../core/conversation/clip.ts';
import type { ChatMessage } from '../../../../core/conversation/message.ts';
import { printable } from '../../../../core/conversation/printable.ts';
import type { Fault } from '../../../../core/errors.ts';
import { type Language, languages } from '../../../../core/language.ts';
import type { Platform } from '../../../../core/ports.ts';
import { platformNames } from '../../../../web/preview/payloads.ts';

/** What is left of a text in a payload, and how long the place is in which it stands. */
export type Cut = { readonly kept: string; readonly place: number; readonly whole: string | null };

/** Every text that its view had to cut: it ends with an ellipsis that no text of the message has. */
export const cutsOf = (payload: unknown, message: ChatMessage): readonly Cut[] => {
  const said = stringsIn(message, []).map(({ text }) => text);
  const own = new Set(said.flatMap(piecesOf).map(({ kept }) => kept));
  const cuts = stringsIn(payload, []).flatMap(({ text }) => piecesOf(text));
  return cuts
    .filter(({ kept }, at) => !own.has(kept) && cuts.findIndex((one) => one.kept === kept) === at)
    .map((piece) => ({
      ...piece,
      whole: said.find((text) => lettersOf(text).startsWith(lettersOf(piece.kept))) ?? null,
    }));
};

/** Bold words and a fact's name stand between stars; a cut text may stand inside them, or behind. */
const piecesOf = (text: string): readonly Pick<Cut, 'kept' | 'place'>[] =>
  text
    .split('*\n')
    .map((piece) => piece.replace(/^\*|\*$/g, '').trimEnd())
    .filter((kept) => kept.endsWith('…'))
    .map((kept) => ({ kept, place: codePoints(text) }));

/** A view escapes and dresses a text; its letters stay. */
const lettersOf = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');

/** A text of the content files, with its place. */
export type Said = {
  readonly text: string;
  readonly language: Language | null;
  readonly field: string;
  readonly file: string;
  readonly lineAt: () => number;
};

/** Every text of the content files. */
export const saidIn = (files: readonly ContentFile[]): readonly Said[] =>
  files.flatMap((content) => {
    const { file, value, lineAt } = readYaml(content);
    return stringsIn(value, []).map(({ text, path }) => ({
      text,
      language: languages.find((language) => language === path.at(-1)) ?? null,
      field: printPath(path),
      file,
      lineAt: () => lineAt(path),
    }));
  });

const stringsIn = (
  value: unknown,
  path: ValuePath,
): readonly { readonly text: string; readonly path: ValuePath }[] => {
  if (typeof value === 'string') return [{ text: value, path }];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one, at) => stringsIn(one, [...path, at]));
  return Object.entries(value).flatMap(([key, one]) => stringsIn(one, [...path, key]));
};

/** A text's fault, the text and its place in the file, and the room it has where it was cut. */
export type FoundCut = {
  readonly fault: Fault;
  readonly text: string;
  readonly field: string;
  readonly room: number;
};

/** Whether a message says a text of the content. */
export const says = (message: ChatMessage, text: string): boolean =>
  stringsIn(message, []).some((one) => isPartOf(text, lettersOf(one.text)));

/** The fault of a text that a platform cuts, with the room it has there; null where no content file says it. */
export const cutFault = (
  { whole, ...cut }: Cut,
  said: readonly Said[],
  { platform, language }: { readonly platform: Platform; readonly language: Language },
): FoundCut | null => {
  if (whole === null) return null;
  const letters = lettersOf(whole);
  const ours = said.filter(
    (one) => (one.language ?? language) === language && isPartOf(one.text, letters),
  );
  const [source] = ours.toSorted((a, b) => b.text.length - a.text.length);
  if (source === undefined) return null;
  const length = codePoints(source.text.trim());
  const most = limitOf(platform, cut);
  const room = most - (codePoints(printable(whole)) - length);
  const fault = {
    file: source.file,
    line: source.lineAt(),
    what: `${source.field} is too long for ${platformNames[platform]}`,
    found: `${length} characters`,
    allowed: room > 0 && room < length ? `at most ${room}` : `at most ${most} with all beside it`,
  };
  return { fault, text: source.text, field: source.field, room };
};

/** Whether a text stands in a message's letters, whatever filled its holes. */
const isPartOf = (text: string, letters: string): boolean => {
  let from = 0;
  const fixed = text.split(/\{\w+\}/).map(lettersOf);
  return (
    fixed.some((part) => part !== '') &&
    fixed.every((part) => {
      const at = letters.indexOf(part, from);
      from = at + part.length;
      return at !== -1;
    })
  );
};

/** Lengths at which the views cut a text. */
const limits: Readonly<Record<Platform, readonly number[]>> = {
  slack: [
    ...[slack.chartLabel, slack.chartTitle, slack.modalTitle, slack.modalButton, slack.optionText],
    ...[slack.buttonText, slack.header, slack.toast, slack.label, slack.hint, slack.field],
    slack.text,
  ],
  teams: [teams.summary, teams.text],
};

/** The limit that a cut text shows: at most a space and half a sign below it. */
const limitOf = (platform: Platform, { kept, place }: Omit<Cut, 'whole'>): number => {
  const ordered = limits[platform].toSorted((a, b) => a - b);
  const limit = ordered.find((one) => one >= place) ?? ordered.at(-1) ?? place;
  return limit - Math.max(0, place - codePoints(kept));
};
