import { describe, expect, it } from 'vitest';
import { parseCatalogue } from '../../core/content/parse.ts';
import type { ContentFile } from '../../core/content/schema.ts';
import { paths, smallContent, spoil } from './small-content.ts';

const items = 'regulation-1, data-1, people-1, infrastructure-1, culture-1';
const textOf = (path: string) => smallContent.find((file) => file.path === path)?.text ?? '';

/** The parsing of these files fails with exactly this text. */
const expectFault = (files: readonly ContentFile[], message: string) =>
  expect(() => parseCatalogue(files)).toThrow(message);

describe('what files say of each other', () => {
  const cases: readonly (readonly [string, readonly ContentFile[], string])[] = [
    [
      'a lesson cites a section that is not registered',
      spoil(paths.lesson, 'cites: [doc#one]', 'cites: [doc#one, doc#three]'),
      'content/lessons/l01-letter.yaml:4: citation of an unknown section of doc, found "doc#three", allowed one of: one, two.b',
    ],
    [
      'a prompt cites a document that is not registered',
      spoil(paths.prompt, 'doc#two.b', 'paper#two.b'),
      'content/prompts/p01-say.yaml:5: citation of an unknown document, found "paper#two.b", allowed one of: doc',
    ],
    [
      'an item cites a section that is not registered',
      spoil(paths.survey, 'cites: [doc#one]', 'cites: [doc#three]'),
      'content/surveys/pulse.yaml:20: citation of an unknown section of doc, found "doc#three", allowed one of: one, two.b',
    ],
    [
      'a sentence rests on a section that its lesson does not show',
      spoil(paths.lesson, 'cites: doc#one', 'cites: doc#two.b'),
      `content/lessons/l01-letter.yaml:8: sentence rests on a section that is not among the lesson's cites, found "doc#two.b", allowed one of: doc#one`,
    ],
    [
      'two lessons share an id',
      [...smallContent, { path: 'lessons/l01-other.yaml', text: textOf(paths.lesson) }],
      'content/lessons/l01-other.yaml:1: id already used in content/lessons/l01-letter.yaml, found "l01", allowed an id of its own',
    ],
    [
      'a file name does not begin with the id',
      spoil(paths.prompt, 'id: p01', 'id: p02'),
      'content/prompts/p01-say.yaml:1: id and file name differ, found "p02", allowed p01-say, or a file named p02.yaml or p02-….yaml',
    ],
    [
      'two sections share an id',
      spoil(paths.document, 'id: two.b', 'id: one'),
      'content/documents/doc.yaml:13: id used twice in this list, found "one", allowed each id once',
    ],
    [
      'two options share an id',
      spoil(paths.lesson, '{ id: b,', '{ id: a,'),
      'content/lessons/l01-letter.yaml:23: id used twice in this list, found "a", allowed each id once',
    ],
    [
      'two items share an id',
      spoil(paths.survey, 'id: data-1', 'id: data-a'),
      'content/surveys/pulse.yaml:39: id used twice in this list, found "data-a", allowed each id once',
    ],
    [
      'an aspect has no anchor',
      spoil(paths.survey, 'role: anchor', 'role: condition'),
      'content/surveys/pulse.yaml:14: anchors of the aspect regulation, found "none", allowed exactly one',
    ],
    [
      'an aspect has two anchors',
      spoil(paths.survey, 'role: condition', 'role: anchor'),
      'content/surveys/pulse.yaml:23: anchors of the aspect regulation, found "regulation-a, regulation-1", allowed exactly one',
    ],
    [
      'a message key stands in two files',
      [...smallContent, { path: 'messages/other.yaml', text: textOf(paths.messages) }],
      'content/messages/other.yaml:1: message key already used in content/messages/greeting.yaml, found "greeting.title", allowed each key once',
    ],
    [
      'the holes of a message differ between the languages',
      spoil(paths.messages, 'Hello {name}', 'Hello {who}'),
      'content/messages/greeting.yaml:3: holes of greeting.title differ between id and en, found "{who}", allowed {name}',
    ],
    [
      'the programme asks for a lesson that does not exist',
      spoil(paths.programme, '    - l01', '    - l01\n    - l02'),
      'content/programmes/plan.yaml:9: lesson does not exist, found "l02", allowed one of: l01',
    ],
    [
      'the programme asks for a prompt that does not exist',
      spoil(paths.programme, '[p01]', '[p01, p09]'),
      'content/programmes/plan.yaml:13: prompt does not exist, found "p09", allowed one of: p01',
    ],
    [
      'the programme asks for a lesson twice',
      spoil(paths.programme, '    - l01', '    - l01\n    - l01'),
      'content/programmes/plan.yaml:9: lesson stands twice, found "l01", allowed each once',
    ],
    [
      'the programme asks for a survey that does not exist',
      spoil(paths.programme, 'survey: pulse', 'survey: poll'),
      'content/programmes/plan.yaml:3: survey does not exist, found "poll", allowed one of: pulse',
    ],
    [
      'a date is not in the calendar of months',
      spoil(paths.programme, 'opens: 2026-10-05', 'opens: 2026-02-30'),
      'content/programmes/plan.yaml:16: no such date, found "2026-02-30", allowed a day of the calendar',
    ],
    [
      'a rotating item does not exist',
      spoil(paths.programme, '- data-1', '- data-9'),
      `content/programmes/plan.yaml:21: no such item, found "data-9", allowed one of: ${items}`,
    ],
    [
      'a rotating item is an anchor',
      spoil(paths.programme, '- data-1', '- data-a'),
      `content/programmes/plan.yaml:21: rotating item is not a condition, found "data-a", allowed one of: ${items}`,
    ],
    [
      'a wave asks one aspect twice and another not at all',
      spoil(paths.programme, '- data-1', '- people-1'),
      'content/programmes/plan.yaml:19: rotating items of w1 for the aspect data, found "none", allowed exactly one\n' +
        'content/programmes/plan.yaml:19: rotating items of w1 for the aspect people, found "people-1, people-1", allowed exactly one',
    ],
    [
      'a wave opens before the one above it',
      spoil(
        paths.programme,
        'waves:\n',
        'waves:\n  - { id: w0, opens: 2026-11-02, workingDays: 5, time: "10:00", rotating: [regulation-1, data-1, people-1, infrastructure-1, culture-1] }\n',
      ),
      'content/programmes/plan.yaml:17: wave opens no later than the one before it, found "2026-10-05", allowed after 2026-11-02',
    ],
  ];
  it.each(cases)('is refused when %s', (_, files, message) => expectFault(files, message));

  it('an id used by a lesson and a prompt is a fault in both files', () => {
    const files = smallContent.map((file) =>
      file.path === paths.prompt
        ? { path: 'prompts/l01-say.yaml', text: file.text.replace('id: p01', 'id: l01') }
        : { ...file, text: file.text.replace('order: [p01]', 'order: [l01]') },
    );
    const allowed = 'found "l01", allowed an id that no lesson, prompt or survey item has';
    expectFault(
      files,
      `content/lessons/l01-letter.yaml:1: id of another item, in content/prompts/l01-say.yaml, ${allowed}\n` +
        `content/prompts/l01-say.yaml:1: id of another item, in content/lessons/l01-letter.yaml, ${allowed}`,
    );
  });

  it('an id used by a lesson and a survey item is a fault in both files', () => {
    const files = spoil(paths.survey, '- id: people-a', '- id: l01');
    expectFault(
      files,
      'content/lessons/l01-letter.yaml:1: id of another item, in content/surveys/pulse.yaml',
    );
    expectFault(
      files,
      'content/surveys/pulse.yaml:47: id of another item, in content/lessons/l01-letter.yaml',
    );
  });

  it('is not blamed for a file that has a fault of its own', () => {
    const files = spoil(paths.lesson, 'audience: staff', 'audience: all');
    expect(() => parseCatalogue(files)).toThrow(/^content\/lessons\/l01-letter\.yaml:3: [^\n]*$/);
  });
});
