import { describe, expect, it } from 'vitest';
import type { ChatMessage, Part } from '../../../core/conversation/message.ts';
import { type Platform, platforms } from '../../../core/ports.ts';
import type { Kind, Sample } from '../../../web/preview/data.ts';
import { type Made, payloadOf } from '../../../web/preview/payloads.ts';
import { type Spoken, spokenOf } from '../../../web/preview/spoken.ts';
import { openPreview } from './preview-data.ts';

const contents = await (await openPreview()).contents();
const made = (kind: Kind): readonly Made[] =>
  contents.samples({ kind, lesson: 'l01', prompt: 'p01' }).map(({ made: one }: Sample) => {
    if ('fault' in one) throw new Error(one.fault);
    return one;
  });
const spoken = (platform: Platform, one: Made): readonly Spoken[] =>
  spokenOf(platform, payloadOf[platform](one));

/**
 * White space and marks that a platform replaces by look-alikes do not count, nor the command that stands in Slack before
 * the words to type.
 */
const plain = (text: string): string =>
  text
    .replaceAll('∗', '*')
    .replaceAll('"/langkah ', '"')
    .replace(/ \/langkah, (?:lalu|then):/g, ':')
    .replace(/\s+/g, ' ')
    .trim();

const textsOf = (part: Part): readonly string[] => {
  switch (part.type) {
    case 'facts':
      return part.facts.map(({ label, value }) => `${label}: ${value}`);
    case 'actions':
      return part.actions.map(({ label }) => label);
    case 'link':
      return [part.label];
    case 'chart':
      return [part.title, part.alternative];
    default:
      return [part.text];
  }
};

/** What a message says in the chat, but for the button whose place a Teams card gives to the form. */
const said = (platform: Platform, { message, surface }: Made): readonly string[] => {
  const shown: readonly Part[] =
    surface === 'form-answer' && platform === 'slack'
      ? message.parts.filter(({ type }) => type !== 'actions')
      : message.parts;
  const texts = [message.title, ...shown.flatMap(textsOf)];
  const opens = message.form === undefined ? [] : opensForm(message);
  return texts.filter((text) => !(platform === 'teams' && opens.includes(text)));
};

const opensForm = ({ parts }: ChatMessage): readonly string[] =>
  parts.flatMap((part) =>
    part.type === 'actions'
      ? part.actions.filter(({ id }) => id === 'pulse.open').map(({ label }) => label)
      : [],
  );

const formTexts = ({ form }: ChatMessage): readonly string[] =>
  form === undefined
    ? []
    : [
        form.title,
        ...form.questions.flatMap(({ label, options }) => [
          label,
          ...options.map((option) => option.label),
        ]),
        form.comment?.label ?? '',
        form.comment?.hint ?? '',
        form.submit.label,
      ];

/** The texts as far as they occur, each after the one before it. */
const inOrder = (lines: readonly Spoken[], texts: readonly string[]): readonly string[] => {
  let from = 0;
  return texts.filter((text) => {
    const at = lines.findIndex(
      (line, index) => index >= from && plain(line.text).includes(plain(text)),
    );
    if (at >= 0) from = at;
    return at >= 0;
  });
};

const cases = contents.kinds.flatMap((kind) =>
  kind.platforms.map((platform) => [kind.id, platform, made(kind)] as const),
);

describe.each(cases)('what a screen reader gets of %s on %s', (_, platform, samples) => {
  const windowed = ({ surface }: Made): boolean => surface !== 'chat' && platform === 'slack';

  it('is all that the message says, in its order, with nothing unknown', () => {
    for (const one of samples) {
      const lines = spoken(platform, one);
      const form = one.surface === 'form' && platform === 'slack';
      const texts = form ? formTexts(one.message) : said(platform, one);
      expect(inOrder(lines, texts)).toEqual(texts);
      expect(lines.filter(({ role }) => role === 'unknown')).toEqual([]);
    }
  });

  it('begins with what a notification shows, or the name of the window', () => {
    const firsts = samples.map((one) => spoken(platform, one)[0]?.role);
    expect(firsts).toEqual(samples.map((one) => (windowed(one) ? 'window' : 'toast')));
    const toasts = samples.filter((one) => !windowed(one));
    expect(toasts.map((one) => plain(spoken(platform, one)[0]?.text ?? ''))).toEqual(
      toasts.map(({ message }) => plain(message.text)),
    );
  });
});

describe('the screen reader text', () => {
  const kindOf = (id: string): Kind => {
    const found = contents.kinds.find((kind) => kind.id === id);
    if (found === undefined) throw new Error(`no kind ${id}`);
    return found;
  };

  it('names every input and choice of the form in a Teams card', () => {
    const [one] = made(kindOf('pulse-invitation'));
    if (one === undefined) throw new Error('no sample');
    const lines = spoken('teams', one);
    expect(inOrder(lines, formTexts(one.message))).toEqual(formTexts(one.message));
    expect(lines.filter(({ role }) => role === 'question')).toHaveLength(10);
    expect(lines.filter(({ role }) => role === 'option')).toHaveLength(60);
    expect(lines.filter(({ role }) => role === 'input')).toHaveLength(1);
  });

  it('says the roles and the letters as they are, without the marks of either platform', () => {
    const message: ChatMessage = {
      kind: 'notice',
      language: 'id',
      title: 'A & B',
      text: 'Satu pesan <uji> dengan *tanda*.',
      parts: [
        { type: 'paragraph', text: 'Nilai_x < 5 & [b]', strong: true },
        { type: 'facts', facts: [{ label: 'Nama_berkas', value: '1 < 2' }] },
        { type: 'actions', actions: [{ id: 'help', label: 'Bantuan & lain', value: 'id' }] },
      ],
    };
    const one: Made = { message, surface: 'chat', close: 'Tutup' };
    for (const platform of platforms)
      expect(spoken(platform, one).slice(1)).toEqual([
        { role: 'heading', text: 'A & B' },
        { role: 'text', text: 'Nilai_x < 5 & [b]' },
        { role: 'fact', text: 'Nama_berkas: 1 < 2' },
        { role: 'button', text: 'Bantuan & lain' },
      ]);
  });

  it('does not pass over an element it does not know', () => {
    expect(spokenOf('slack', { text: 'T', blocks: [{ type: 'video' }] })).toEqual([
      { role: 'toast', text: 'T' },
      { role: 'unknown', text: 'video' },
    ]);
    const card = { body: [{ type: 'Media' }, {}] };
    expect(spokenOf('teams', { attachments: [{ content: card }] })).toEqual([
      { role: 'unknown', text: 'Media' },
      { role: 'unknown', text: '?' },
    ]);
  });
});
