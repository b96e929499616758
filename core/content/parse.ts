/** From content files to one catalogue, or every fault of them at once. */
import { createHash } from 'node:crypto';
import type * as z from 'zod';
import { ContentError, type Fault } from '../errors.ts';
import { lintFaults } from './checks/lint.ts';
import { prebunkFaults } from './checks/prebunk.ts';
import { programmeFaults } from './checks/programme.ts';
import { referenceFaults } from './checks/references.ts';
import { quoteFaults, sourceFaults } from './checks/sources.ts';
import type { Entry, Room, Rooms } from './entry.ts';
import { byId, oneOf } from './entry.ts';
import {
  type Catalogue,
  type ContentFile,
  documentSchema,
  lessonSchema,
  messagesSchema,
  programmeSchema,
  promptSchema,
  surveySchema,
} from './schema.ts';
import { shapeOf } from './shape.ts';
import { readYaml } from './yaml-file.ts';

/** Folders of `content/` that make the catalogue. */
const folders = ['documents', 'lessons', 'surveys', 'prompts', 'programmes', 'messages'] as const;
type Folder = (typeof folders)[number];

/** Holidays have a parser of their own in core/calendar; drafts are nobody's words yet and are never sent. */
const elsewhere = ['calendar/', 'drafts/'];

/** Parses and cross-checks all files (paths relative to `content/`); throws ContentError with every fault. */
export const parseCatalogue = (files: readonly ContentFile[]): Catalogue => {
  const ours = files
    .filter(({ path }) => !elsewhere.some((folder) => path.startsWith(folder)))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const faults: Fault[] = [...misplaced(ours)];
  const room = roomsIn(ours, faults);
  const rooms: Rooms = {
    documents: room('documents', documentSchema),
    lessons: room('lessons', lessonSchema),
    surveys: room('surveys', surveySchema),
    prompts: room('prompts', promptSchema),
    programmes: room('programmes', programmeSchema),
    messages: room('messages', messagesSchema),
  };
  faults.push(...alone(rooms.surveys, 'surveys'), ...alone(rooms.programmes, 'programmes'));
  faults.push(
    ...referenceFaults(rooms),
    ...sourceFaults(rooms),
    ...prebunkFaults(rooms),
    ...programmeFaults(rooms),
    ...lintFaults(rooms),
  );
  const [survey] = rooms.surveys.entries;
  const [programme] = rooms.programmes.entries;
  if (faults.length > 0 || survey === undefined || programme === undefined) {
    throw new ContentError(faults.sort(byPlace));
  }
  return {
    documents: byId(rooms.documents),
    lessons: byId(rooms.lessons),
    survey: survey.value,
    prompts: byId(rooms.prompts),
    programme: programme.value,
    messages: new Map(rooms.messages.entries.flatMap(({ value }) => Object.entries(value))),
    version: versionOf(ours),
  };
};

/** The register alone, for work on items that are not fit yet; throws ContentError with every fault of its own. */
export const parseDocuments = (files: readonly ContentFile[]): Catalogue['documents'] => {
  const faults: Fault[] = [];
  const room = roomsIn(files, faults)('documents', documentSchema);
  if (faults.length > 0) throw new ContentError(faults);
  return byId(room);
};

/** The quotes of the lessons in `paths` that their sections do not say; what else is wrong with any file does not matter. */
export const wrongQuotes = (
  files: readonly ContentFile[],
  paths: readonly string[],
): readonly Fault[] => {
  const documents = byId(roomsIn(files, [])('documents', documentSchema));
  const named = files.filter(({ path }) => paths.includes(path));
  const lessons = roomsIn(named, [])('lessons', lessonSchema);
  return lessons.entries.flatMap((entry) => quoteFaults(entry, documents));
};

/** How a folder of these files is read; what is wrong with them is added to `faults`. */
const roomsIn =
  (files: readonly ContentFile[], faults: Fault[]) =>
  <T>(folder: Folder, schema: z.ZodType<T>): Room<T> =>
    readRoom(
      files.filter(({ path }) => folderOf(path) === folder),
      schema,
      faults,
    );

/** The folder of `folder/name.yaml`; null for anything else. */
const folderOf = (path: string): Folder | null => {
  const [, name] = /^([a-z]+)\/[a-z0-9.-]+\.yaml$/.exec(path) ?? [];
  return folders.find((folder) => folder === name) ?? null;
};

const misplaced = (files: readonly ContentFile[]): readonly Fault[] =>
  files.flatMap(({ path }) =>
    folderOf(path) === null
      ? [
          {
            file: `content/${path}`,
            line: 0,
            what: 'no such place for a content file',
            found: path,
            allowed: `FOLDER/kebab-name.yaml, FOLDER ${oneOf(folders)}`,
          },
        ]
      : [],
  );

const readRoom = <T>(
  files: readonly ContentFile[],
  schema: z.ZodType<T>,
  faults: Fault[],
): Room<T> => {
  const claimed = new Set<string>();
  const entries = files.flatMap((file): readonly Entry<T>[] => {
    const yaml = readYaml(file);
    claimed.add(claimedId(yaml.value, file));
    if (yaml.faults.length > 0) {
      faults.push(...yaml.faults);
      return [];
    }
    const shape = shapeOf(yaml, schema);
    if ('value' in shape) {
      return [{ file: yaml.file, value: shape.value, lineAt: yaml.lineAt }];
    }
    faults.push(...shape.faults);
    return [];
  });
  return { entries, claimed };
};

/** The id that a file says it has; of a file that cannot be read, the one its name gives. */
const claimedId = (value: unknown, { path }: ContentFile): string => {
  const id = (value as { readonly id?: unknown } | null | undefined)?.id;
  if (typeof id === 'string') return id;
  const stem = path.replace(/^.*\//, '').replace(/\.yaml$/, '');
  return /^[lp]\d+/.exec(stem)?.[0] ?? stem;
};

/** This product runs one survey and one programme at a time. */
const alone = (room: Room<unknown>, folder: 'surveys' | 'programmes'): readonly Fault[] => {
  const second = room.entries[1];
  const found = room.claimed.size === 0 ? 'none' : [...room.claimed].join(', ');
  return room.claimed.size === 1
    ? []
    : [
        {
          file: second?.file ?? `content/${folder}`,
          line: 0,
          what: `files in content/${folder}`,
          found,
          allowed: 'exactly one',
        },
      ];
};

const byPlace = (a: Fault, b: Fault): number =>
  a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1;

/** SHA-256 over the files in the order of their paths; lengths keep neighbours apart. */
const versionOf = (files: readonly ContentFile[]): string => {
  const hash = createHash('sha256');
  for (const { path, text } of files) {
    hash.update(`${path.length} ${path} ${text.length} ${text}\n`);
  }
  return hash.digest('hex');
};
