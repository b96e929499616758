/** One ChatMessage as a Teams activity with an Adaptive Card 1.5; pure. */
import type {
  IActionSet,
  IAdaptiveCard,
  IExecuteAction,
  ISubmitActionData,
  ITextBlock,
  ITextInput,
} from '@microsoft/teams.cards';
import { clip, codePoints } from '../../core/conversation/clip.ts';
import {
  type Action,
  actionIds,
  type ChatMessage,
  commentId,
  type Form,
  type Part,
} from '../../core/conversation/message.ts';
import { type Element, factSet, heading, textBlock } from './card/elements.ts';
import { chartElements } from './chart.ts';
import { teamsLimits } from './limits.ts';
import { escapeMarkdown, plain } from './text.ts';

/** The media type of a card, in attachments and in invoke answers. */
export const cardType = 'application/vnd.microsoft.card.adaptive';

/** The activity as posted to the Connector; `summary` is the toast and what a plain client shows. */
export type TeamsMessage = {
  readonly type: 'message';
  readonly summary: string;
  readonly attachments: readonly [
    { readonly contentType: typeof cardType; readonly content: IAdaptiveCard },
  ];
};

/** The activity of a message; throws when its buttons alone exceed the card's size. */
export const teamsMessage = (message: ChatMessage): TeamsMessage => ({
  type: 'message',
  summary: plain(message.text, teamsLimits.summary),
  attachments: [{ contentType: cardType, content: teamsCard(message) }],
});

/** The card alone, as an invoke's answer carries it; long texts are shortened until the card fits. */
export const teamsCard = (message: ChatMessage): IAdaptiveCard => {
  for (const longest of [teamsLimits.text, 2_000, 1_000, 500, 200, 80]) {
    const card = cardOf(message, longest);
    if (cardSize(card) <= teamsLimits.cardBytes) return card;
  }
  throw new Error(
    `a ${message.kind} message does not fit into ${teamsLimits.cardBytes} bytes: ${cardSize(cardOf(message, 80))}`,
  );
};

/** Bytes of the card as JSON in UTF-8. */
export const cardSize = (card: IAdaptiveCard): number => Buffer.byteLength(JSON.stringify(card));

const cardOf = (message: ChatMessage, longest: number): IAdaptiveCard => {
  const draw = partDrawer(message, longest);
  const body = [heading(clip(message.title, longest)), ...message.parts.flatMap(draw)];
  const formPlaced = message.parts.some(opensForm);
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    lang: message.language,
    fallbackText: plain(message.text, teamsLimits.summary),
    body: message.form && !formPlaced ? [...body, ...formElements(message.form, longest)] : body,
  };
};

const opensForm = (part: Part): boolean =>
  part.type === 'actions' && part.actions.some(({ id }) => id === actionIds.openPulse);

/** How each part looks; the button that opens a form gives its place to the form itself. */
const partDrawer =
  (message: ChatMessage, longest: number) =>
  (part: Part): readonly Element[] => {
    switch (part.type) {
      case 'paragraph':
        return [
          textBlock(clip(part.text, longest), part.strong === true ? { weight: 'Bolder' } : {}),
        ];
      case 'context':
        return [textBlock(clip(part.text, longest), { isSubtle: true, size: 'Small' })];
      case 'facts':
        return [
          factSet(
            part.facts.map(({ label, value }) => [clip(label, longest), clip(value, longest)]),
          ),
        ];
      case 'actions':
        return message.form && opensForm(part)
          ? [
              ...formElements(message.form, longest),
              ...actionSets(part.actions.filter(({ id }) => id !== actionIds.openPulse)),
            ]
          : actionSets(part.actions);
      case 'link':
        return [openUrl(part.label, part.url)];
      case 'chart':
        return chartElements(part, message, longest);
    }
  };

const actionSets = (actions: readonly Action[]): readonly IActionSet[] => {
  const long = actions.some(({ label }) => codePoints(label) > teamsLimits.labelInRow);
  const size = long ? 1 : teamsLimits.actionsPerSet;
  return Array.from({ length: Math.ceil(actions.length / size) }, (_, set) => ({
    type: 'ActionSet',
    // Inputs of an unsent form stay with the person: only the submit button collects them.
    actions: actions
      .slice(set * size, (set + 1) * size)
      .map((action) => button(action, { inputs: 'none' })),
  }));
};

const styles = { primary: 'positive', danger: 'destructive' } as const;

/** A button of today's clients, and for older ones the same data as a submit. */
const button = (
  action: Action,
  carries: { readonly inputs: 'auto' | 'none'; readonly ticket?: string },
): IExecuteAction => {
  const data: ISubmitActionData = {
    action: action.id,
    value: action.value,
    ...(carries.ticket === undefined ? {} : { ticket: carries.ticket }),
  };
  const shared = {
    title: plain(action.label, teamsLimits.text),
    data,
    associatedInputs: carries.inputs,
    ...(action.style === undefined ? {} : { style: styles[action.style] }),
  };
  return {
    type: 'Action.Execute',
    verb: action.id,
    ...shared,
    fallback: { type: 'Action.Submit', ...shared },
  };
};

const openUrl = (title: string, url: string): IActionSet => ({
  type: 'ActionSet',
  actions: [{ type: 'Action.OpenUrl', title: plain(title, teamsLimits.text), url }],
});

/** The questions as inputs of the card itself; ids are the item ids. */
const formElements = (form: Form, longest: number): readonly Element[] => [
  ...(form.title === '' ? [] : [textBlock(clip(form.title, longest), { weight: 'Bolder' })]),
  ...(form.intro === '' ? [] : [textBlock(clip(form.intro, longest), {})]),
  ...form.questions.map(
    (question): Element => ({
      type: 'Input.ChoiceSet',
      id: question.id,
      label: plain(question.label, longest),
      style: 'expanded',
      isRequired: false,
      errorMessage: plain(form.errorMessage, teamsLimits.text),
      wrap: true,
      choices: question.options.map(({ value, label }) => ({
        title: escapeMarkdown(clip(label, longest)),
        value,
      })),
    }),
  ),
  ...(form.comment === null ? [] : commentElements(form.comment, form.errorMessage)),
  {
    type: 'ActionSet',
    actions: [button(form.submit, { inputs: 'auto', ticket: form.ticket })],
  },
];

/** The hint stays in sight: it names the channels for complaints, which a placeholder would hide while typing. */
const commentElements = (
  comment: NonNullable<Form['comment']>,
  errorMessage: string,
): readonly [ITextInput, ITextBlock] => [
  {
    type: 'Input.Text',
    id: commentId,
    label: plain(comment.label, teamsLimits.text),
    isMultiline: true,
    maxLength: teamsLimits.comment,
    isRequired: false,
    errorMessage: plain(errorMessage, teamsLimits.text),
  },
  textBlock(comment.hint, { isSubtle: true, size: 'Small' }),
];
