import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrongLetters } from '../../core/content/letters.ts';
import { parseCatalogue } from '../../core/content/parse.ts';
import type { ContentFile } from '../../core/content/schema.ts';
import { printable } from '../../core/conversation/printable.ts';
import { ContentError } from '../../core/errors.ts';
import { paths, smallContent, spoil } from './small-content.ts';

const faultsOf = (files: readonly ContentFile[]): readonly string[] => {
  try {
    parseCatalogue(files);
    return [];
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    return error.message.split('\n');
  }
};

describe('a catalogue', () => {
  it('holds every part of content without a fault', () => {
    const catalogue = parseCatalogue(smallContent);
    expect([...catalogue.documents.keys()]).toEqual(['doc']);
    expect([...catalogue.lessons.keys()]).toEqual(['l01']);
    expect([...catalogue.prompts.keys()]).toEqual(['p01']);
    expect(catalogue.survey.items).toHaveLength(10);
    expect(catalogue.programme.lesson.order).toEqual(['l01']);
    expect(catalogue.messages.get('greeting.title')).toEqual({
      id: 'Halo {name}',
      en: 'Hello {name}',
    });
  });

  it('has one version for the same files in any order, and another for any change', () => {
    const { version } = parseCatalogue(smallContent);
    expect(version).toMatch(/^[0-9a-f]{64}$/);
    fc.assert(
      fc.property(fc.shuffledSubarray([...smallContent], { minLength: 6 }), (files) => {
        expect(parseCatalogue(files).version).toBe(version);
      }),
      { numRuns: 20 },
    );
    const changed = parseCatalogue(spoil(paths.messages, 'Halo', 'Salam')).version;
    expect(changed).not.toBe(version);
  });

  it('leaves the calendar to its own parser', () => {
    const files = [...smallContent, { path: 'calendar/2026.yaml', text: ': not ours' }];
    expect(parseCatalogue(files).version).toBe(parseCatalogue(smallContent).version);
  });
});

describe('a fault of shape', () => {
  const cases: readonly (readonly [string, readonly ContentFile[], string])[] = [
    [
      'names a missing language',
      spoil(paths.messages, '  en: Hello {name}\n', ''),
      'content/messages/greeting.yaml:1: greeting.title.en is missing, found "nothing", allowed a text',
    ],
    [
      'names an empty text',
      spoil(paths.lesson, 'en: Title', 'en: " "'),
      'content/lessons/l01-letter.yaml:5: title.en is not allowed, found " ", allowed a text that is not empty',
    ],
    [
      'names an unknown field and the known ones',
      spoil(paths.document, 'date: null', 'date: null\nauthor: X'),
      'content/documents/doc.yaml:11: unknown field author, found "author", allowed id, title, publisher, kind, kindLabel, language, url, licence, quotable, date, sections',
    ],
    [
      'names the fields of the shape that a sentence chose',
      spoil(paths.lesson, '  - kind: advice\n', '  - kind: advice\n    cites: doc#one\n'),
      'content/lessons/l01-letter.yaml:13: unknown field sentences[2].cites, found "cites", allowed kind, part, text',
    ],
    [
      'names the fields of a map that may be left out',
      spoil(paths.lesson, 'approval: { role', 'approval: { author: X, role'),
      'content/lessons/l01-letter.yaml:24: unknown field approval.author, found "author", allowed role, date, sources',
    ],
    [
      'names the kinds of sentence',
      spoil(paths.lesson, 'kind: advice', 'kind: opinion'),
      'content/lessons/l01-letter.yaml:12: sentences[2].kind is not allowed, found "opinion", allowed one of: source, advice',
    ],
    [
      'names the allowed values',
      spoil(paths.prompt, 'role: vision', 'role: boss'),
      'content/prompts/p01-say.yaml:2: role is not allowed, found "boss", allowed one of: vision, budget, collaboration, role-model',
    ],
    [
      'names a time off the quarter-hour',
      spoil(paths.programme, 'time: "10:00"', 'time: "10:05"'),
      'content/programmes/plan.yaml:18: waves[1].time is not allowed, found "10:05", allowed a time HH:MM on a quarter-hour',
    ],
    [
      'names a wave without five rotating items',
      spoil(paths.programme, '      - culture-1\n', ''),
      'content/programmes/plan.yaml:19: waves[1].rotating is not allowed, found "a list of 4", allowed at least 5',
    ],
    [
      'names a citation without a section',
      spoil(paths.prompt, 'doc#two.b', 'doc'),
      'content/prompts/p01-say.yaml:5: cites[1] is not allowed, found "doc", allowed document#section',
    ],
    [
      'names a key with a space',
      spoil(paths.messages, 'greeting.title:', 'greeting title:'),
      'content/messages/greeting.yaml:1: greeting title is not a good key, found "greeting title", allowed letters, digits, dots and hyphens',
    ],
    [
      'names an empty file',
      [...smallContent, { path: 'lessons/l02-empty.yaml', text: '' }],
      'content/lessons/l02-empty.yaml:1: the file is empty, found "nothing", allowed a map of fields',
    ],
    [
      'names a duplicate key',
      spoil(paths.prompt, 'barrier: know', 'barrier: know\nbarrier: want'),
      'content/prompts/p01-say.yaml:5: not valid YAML: Map keys must be unique, found "barrier: want", allowed each key once',
    ],
    [
      'names a tab alone, not what the parser makes of the lines around it',
      spoil(paths.lesson, '  id: Jika', '\tid: Jika'),
      'content/lessons/l01-letter.yaml:17: not valid YAML: Tabs are not allowed as indentation, found "id: Jika ada surat, maka saya membacanya", allowed spaces',
    ],
    [
      'names a stray bracket',
      spoil(paths.prompt, '[doc#two.b]', '[doc#two.b'),
      'content/prompts/p01-say.yaml:6: not valid YAML: ',
    ],
    [
      'names a file outside the known folders',
      [...smallContent, { path: 'tips/l02.yaml', text: 'id: l02' }],
      'content/tips/l02.yaml:0: no such place for a content file, found "tips/l02.yaml", allowed FOLDER/kebab-name.yaml, FOLDER one of: documents, lessons, surveys, prompts, programmes, messages',
    ],
  ];
  it.each(cases)('%s', (_, files, expected) => {
    expect(faultsOf(files).join('\n')).toContain(expected);
  });

  it('of one tab is one fault', () => {
    expect(faultsOf(spoil(paths.lesson, '  id: Jika', '\tid: Jika'))).toHaveLength(1);
  });

  it('is told together with all others, in the order of files and lines', () => {
    const files = spoil(paths.lesson, 'audience: staff', 'audience: all').map((file) =>
      file.path === paths.prompt
        ? { ...file, text: file.text.replace('vision', 'boss').replace('know', 'guess') }
        : file,
    );
    expect(faultsOf(files).map((fault) => fault.replace(/^(\S+:\d+):.*/, '$1'))).toEqual([
      'content/lessons/l01-letter.yaml:3',
      'content/prompts/p01-say.yaml:2',
      'content/prompts/p01-say.yaml:4',
    ]);
  });
});

describe('a text of invisible characters', () => {
  const titled = (title: string) =>
    spoil(paths.lesson, 'id: Judul', `id: ${JSON.stringify(title)}`);
  const place = 'content/lessons/l01-letter.yaml:5: title.id is not allowed';
  const seen = 'allowed signs that a reader sees';
  const own = 'allowed the letter itself';

  it.each([
    ['\u200b', `found "U+200B at the beginning", ${seen}`],
    ['\u202e', `found "U+202E at the beginning", ${seen}`],
    ['\u0001\u0002', `found "U+0001 at the beginning", ${seen}`],
    ['ka\u200bmu', `found "U+200B behind ka", ${seen}`],
    ['ka\u00admu', `found "U+00AD behind ka", ${seen}`],
    ['ka\ufe0fmu', `found "U+FE0F behind ka", ${seen}`],
    ['Tahu \ufffd alat', `found "U+FFFD behind Tahu ", ${own}`],
    ['Tahu \ud800 alat', `found "U+D800 behind Tahu ", ${own}`],
    ['…', 'found "…", allowed a text with a letter or a digit'],
  ])('is a fault at its line: %j', (title, said) => {
    expect(faultsOf(titled(title))).toEqual([`${place}, ${said}`]);
  });

  it('is looked for in what a source line says of a document, too', () => {
    expect(faultsOf(spoil(paths.document, 'title: Naskah', 'title: "Nas\\u200bkah"'))).toEqual([
      `content/documents/doc.yaml:2: title is not allowed, found "U+200B behind Nas", ${seen}`,
    ]);
    expect(faultsOf(spoil(paths.document, 'publisher: Lembaga', 'publisher: "\\u2060"'))).toEqual([
      `content/documents/doc.yaml:3: publisher is not allowed, found "U+2060 at the beginning", ${seen}`,
    ]);
  });

  it('is none where the sign is one of many that can be read', () => {
    for (const title of ['Judul ⚠️', 'Satu\nDua\tTiga', 'Café – “tenang”', '5'])
      expect(faultsOf(titled(title))).toEqual([]);
  });

  it('is every text of which a message would lose a sign on its way', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        const lines = text.replace(/\r\n?/g, '\n').trim();
        fc.pre(printable(lines) !== lines);
        expect(wrongLetters(`a${lines}b`)).not.toBeNull();
      }),
    );
  });
});

describe('a missing or second file', () => {
  const without = (path: string) => smallContent.filter((file) => file.path !== path);

  it('is a fault for the survey and the programme', () => {
    expect(faultsOf(without(paths.programme))).toEqual([
      'content/programmes:0: files in content/programmes, found "none", allowed exactly one',
    ]);
    expect(faultsOf(without(paths.survey))).toContain(
      'content/surveys:0: files in content/surveys, found "none", allowed exactly one',
    );
    const second = { path: 'programmes/second.yaml', text: 'id: second' };
    expect(faultsOf([...smallContent, second])).toContain(
      'content/programmes:0: files in content/programmes, found "plan, second", allowed exactly one',
    );
  });
});
