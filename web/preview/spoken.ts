/** What a screen reader is given of a payload, in reading order: texts, and the labels of everything one can use. */
import type { Platform } from '../../core/ports.ts';

/** One line: what kind of thing it is, as a screen reader would say it; of an element not known here, its type. */
export type Spoken = {
  readonly role:
    | 'toast'
    | 'window'
    | 'heading'
    | 'text'
    | 'fact'
    | 'chart'
    | 'question'
    | 'option'
    | 'input'
    | 'button'
    | 'unknown';
  readonly text: string;
};

/** The lines of a payload of either platform, as it is sent. */
export const spokenOf = (platform: Platform, payload: unknown): readonly Spoken[] =>
  readers[platform](fields(payload)).filter(({ text }) => text !== '');

type Json = Readonly<Record<string, unknown>>;
type Reader = (element: Json) => readonly Spoken[];

const fields = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {};
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(fields) : []);
const words = (value: unknown): string => (typeof value === 'string' ? value : '');

const line = (role: Spoken['role'], text: string): readonly Spoken[] => [{ role, text }];

const read =
  (known: Readonly<Record<string, Reader>>): Reader =>
  (element) =>
    (known[words(element['type'])] ?? unknown)(element);

const unknown: Reader = (element) => line('unknown', words(element['type']) || '?');

/** A Slack text object without its marks; plain text stays as it is. */
const slackText = (value: unknown): string => {
  const { type, text } = fields(value);
  if (type !== 'mrkdwn') return words(text);
  return words(text)
    .replace(/\*([^*\n]+)\*/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
};

const slackBlock: Reader = (block) => readSlack(block);

const slackElements: Reader = ({ elements }) => list(elements).flatMap(slackBlock);

const readSlack = read({
  header: ({ text }) => line('heading', slackText(text)),
  section: ({ text, fields: facts }) => [
    ...line('text', slackText(text)),
    ...list(facts).flatMap((fact) => line('fact', slackText(fact).replace('\n', ': '))),
  ],
  context: slackElements,
  actions: slackElements,
  divider: () => [],
  plain_text: (element) => line('text', slackText(element)),
  mrkdwn: (element) => line('text', slackText(element)),
  button: ({ text, accessibility_label: label }) => line('button', words(label) || slackText(text)),
  data_visualization: ({ title }) => line('chart', words(title)),
  input: ({ label, hint, element }) => {
    const options = list(fields(element)['options']);
    return [
      ...line(options.length > 0 ? 'question' : 'input', slackText(label)),
      ...options.flatMap(({ text }) => line('option', slackText(text))),
      ...line('text', slackText(hint)),
    ];
  },
});

const slackPayload: Reader = ({ type, text, title, blocks, submit, close }) => [
  ...line('toast', words(text)),
  ...(type === 'modal' ? line('window', slackText(title)) : []),
  ...list(blocks).flatMap(slackBlock),
  ...line('button', slackText(submit)),
  ...line('button', slackText(close)),
];

/** A card's text without its marks: escapes give back the letter, a blank line is one line break. */
const cardText = (value: unknown): string =>
  words(value)
    .replace(/\*\*([^*]+)\*\*/g, '$1')
    .replace(/\\([\\`*_[\]<>~&+\-#.)])/g, '$1')
    .replace(/\n\n/g, '\n');

const cardElement: Reader = (element) => readCard(element);

const readCard = read({
  TextBlock: ({ text, style }) => line(style === 'heading' ? 'heading' : 'text', cardText(text)),
  FactSet: ({ facts }) =>
    list(facts).flatMap(({ title, value }) =>
      line('fact', `${cardText(title)}: ${cardText(value)}`),
    ),
  ActionSet: ({ actions }) => list(actions).flatMap(cardElement),
  'Action.Execute': ({ title }) => line('button', words(title)),
  'Chart.Line': ({ title, fallback }) =>
    line('chart', `${words(title)}: ${cardText(fields(fallback)['text'])}`),
  'Input.ChoiceSet': ({ label, choices }) => [
    ...line('question', words(label)),
    ...list(choices).flatMap(({ title }) => line('option', cardText(title))),
  ],
  'Input.Text': ({ label }) => line('input', words(label)),
});

const teamsPayload: Reader = ({ summary, attachments }) => [
  ...line('toast', words(summary)),
  ...list(attachments).flatMap(({ content }) => {
    const { body, fallbackText } = fields(content);
    return [
      ...(fallbackText === summary ? [] : line('toast', words(fallbackText))),
      ...list(body).flatMap(cardElement),
    ];
  }),
];

const readers: Readonly<Record<Platform, Reader>> = { slack: slackPayload, teams: teamsPayload };
