/** Whether what content files say of each other holds: ids, citations, order, items of waves. */
import type { Fault } from '../../errors.ts';
import type { Text } from '../../language.ts';
import { type Entry, faultAt, oneOf, type Room, type Rooms } from '../entry.ts';
import { aspects, type Item, type Lesson, type Prompt, type Survey } from '../schema.ts';
import type { ValuePath } from '../yaml-file.ts';

/** Every fault between the parsed files; an id of a file with faults of its own counts as known. */
export const referenceFaults = (rooms: Rooms): readonly Fault[] => [
  ...[rooms.documents, rooms.lessons, rooms.surveys, rooms.prompts, rooms.programmes].flatMap(
    (room: Room<{ readonly id: string }>) => [...sharedIds(room), ...fileNames(room)],
  ),
  ...rooms.documents.entries.flatMap((entry) =>
    repeated(entry, ['sections'], entry.value.sections),
  ),
  ...rooms.lessons.entries.flatMap((entry) => [
    ...repeated(entry, ['quiz', 'options'], entry.value.quiz.options),
    ...lessonCitations(entry, rooms),
  ]),
  ...rooms.prompts.entries.flatMap((entry: Entry<Prompt>) =>
    entry.value.cites.flatMap((cite, index) => citation(entry, rooms, [cite, ['cites', index]])),
  ),
  ...rooms.surveys.entries.flatMap((entry) => surveyFaults(entry, rooms)),
  ...sharedItemIds(rooms),
  ...messageFaults(rooms),
];

/** Approvals, recalls and what somebody has seen are kept by an item's id alone, whatever the item is. */
const sharedItemIds = ({ lessons, prompts, surveys }: Rooms): readonly Fault[] => {
  const whole = [...lessons.entries, ...prompts.entries].map((entry) => ({
    entry,
    path: ['id'],
    id: entry.value.id,
  }));
  const parts = surveys.entries.flatMap((entry) =>
    entry.value.items.map(({ id }, index) => ({ entry, path: ['items', index, 'id'], id })),
  );
  const items = [...whole, ...parts];
  const folder = ({ entry }: (typeof items)[number]) => entry.file.replace(/\/[^/]*$/, '');
  return items.flatMap((item) => {
    const other = items.find(
      (another) => another.id === item.id && folder(another) !== folder(item),
    );
    return other === undefined
      ? []
      : [
          faultAt(item.entry, item.path, {
            what: `id of another item, in ${other.entry.file}`,
            found: item.id,
            allowed: 'an id that no lesson, prompt or survey item has',
          }),
        ];
  });
};

/** A fault for each id that an earlier file of the folder already has. */
const sharedIds = (room: Room<{ readonly id: string }>): readonly Fault[] => {
  const first = new Map<string, string>();
  return room.entries.flatMap((entry) => {
    const { id } = entry.value;
    const earlier = first.get(id);
    if (earlier === undefined) {
      first.set(id, entry.file);
      return [];
    }
    return [
      faultAt(entry, ['id'], {
        what: `id already used in ${earlier}`,
        found: id,
        allowed: 'an id of its own',
      }),
    ];
  });
};

/** A file is found by its id: `l01-any-words.yaml` holds `id: l01`. */
const fileNames = (room: Room<{ readonly id: string }>): readonly Fault[] =>
  room.entries.flatMap((entry) => {
    const stem = entry.file.replace(/^.*\//, '').replace(/\.yaml$/, '');
    const { id } = entry.value;
    return stem === id || stem.startsWith(`${id}-`)
      ? []
      : [
          faultAt(entry, ['id'], {
            what: 'id and file name differ',
            found: id,
            allowed: `${stem}, or a file named ${id}.yaml or ${id}-….yaml`,
          }),
        ];
  });

/** A fault for each id that stands twice in one list of a file. */
export const repeated = (
  entry: Pick<Entry<unknown>, 'file' | 'lineAt'>,
  path: ValuePath,
  list: readonly { readonly id: string }[],
): readonly Fault[] =>
  list.flatMap(({ id }, index) =>
    list.findIndex((other) => other.id === id) === index
      ? []
      : [
          faultAt(entry, [...path, index, 'id'], {
            what: 'id used twice in this list',
            found: id,
            allowed: 'each id once',
          }),
        ],
  );

const citation = (
  entry: Pick<Entry<unknown>, 'file' | 'lineAt'>,
  { documents }: Rooms,
  [cite, path]: readonly [string, ValuePath],
): readonly Fault[] => {
  const [documentId = '', sectionId = ''] = cite.split('#');
  const source = documents.entries.find(({ value }) => value.id === documentId)?.value;
  if (source === undefined) {
    return documents.claimed.has(documentId)
      ? []
      : [
          faultAt(entry, path, {
            what: 'citation of an unknown document',
            found: cite,
            allowed: oneOf(documents.claimed),
          }),
        ];
  }
  return source.sections.some(({ id }) => id === sectionId)
    ? []
    : [
        faultAt(entry, path, {
          what: `citation of an unknown section of ${documentId}`,
          found: cite,
          allowed: oneOf(source.sections.map(({ id }) => id)),
        }),
      ];
};

/** A lesson's `cites` is what its reader sees as its source, so it holds every section its sentences rest on. */
const lessonCitations = (entry: Entry<Lesson>, rooms: Rooms): readonly Fault[] => {
  const { cites, sentences } = entry.value;
  const faults = cites.flatMap((cite, index) => citation(entry, rooms, [cite, ['cites', index]]));
  const undeclared = sentences.flatMap((sentence, index) =>
    sentence.kind === 'source' && !cites.includes(sentence.cites)
      ? [
          faultAt(entry, ['sentences', index, 'cites'], {
            what: "sentence rests on a section that is not among the lesson's cites",
            found: sentence.cites,
            allowed: oneOf(cites),
          }),
        ]
      : [],
  );
  return [...faults, ...undeclared];
};

const surveyFaults = (entry: Entry<Survey>, rooms: Rooms): readonly Fault[] => {
  const { items } = entry.value;
  const anchors = (aspect: Item['aspect']) =>
    items.filter((item) => item.aspect === aspect && item.role === 'anchor');
  return [
    ...repeated(entry, ['items'], items),
    ...items.flatMap((item, at) =>
      item.cites.flatMap((cite, index) =>
        citation(entry, rooms, [cite, ['items', at, 'cites', index]]),
      ),
    ),
    ...aspects.flatMap((aspect) => {
      const found = anchors(aspect);
      if (found.length === 1) return [];
      const second = found[1];
      return [
        faultAt(entry, second ? ['items', items.indexOf(second)] : ['items'], {
          what: `anchors of the aspect ${aspect}`,
          found: found.length === 0 ? 'none' : found.map(({ id }) => id).join(', '),
          allowed: 'exactly one',
        }),
      ];
    }),
  ];
};

const messageFaults = ({ messages }: Rooms): readonly Fault[] => {
  const first = new Map<string, Entry<unknown>>();
  return messages.entries.flatMap((entry) =>
    Object.entries(entry.value).flatMap(([key, text]) => {
      const earlier = first.get(key) ?? entry;
      first.set(key, earlier);
      return [...sameKey(entry, earlier, key), ...sameHoles(entry, key, text)];
    }),
  );
};

const sameKey = (entry: Entry<unknown>, earlier: Entry<unknown>, key: string): readonly Fault[] =>
  earlier === entry
    ? []
    : [
        faultAt(entry, [key], {
          what: `message key already used in ${earlier.file}`,
          found: key,
          allowed: 'each key once',
        }),
      ];

const sameHoles = (entry: Entry<unknown>, key: string, text: Text): readonly Fault[] => {
  const holes = { id: holesOf(text.id), en: holesOf(text.en) };
  return holes.id === holes.en
    ? []
    : [
        faultAt(entry, [key, 'en'], {
          what: `holes of ${key} differ between id and en`,
          found: holes.en,
          allowed: holes.id,
        }),
      ];
};

/** The holes of a text, each once, in the order of the alphabet; "none" without any. */
const holesOf = (text: string): string =>
  [...new Set(text.match(/\{\w+\}/g) ?? ['none'])].sort().join(' ');
