/** The shape of every content file; parsed once at start, trusted afterwards. */
import * as z from 'zod';
import { wrongLetters } from './letters.ts';

/** The five aspects of the founding document's challenges and solutions. */
export const aspects = ['regulation', 'data', 'people', 'infrastructure', 'culture'] as const;
export type Aspect = (typeof aspects)[number];

/** Barriers in plain words: tahu, mau, paham, mampu, terjaga. */
export const barriers = ['know', 'want', 'understand', 'able', 'sustained'] as const;

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens');
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date YYYY-MM-DD');
const time = z.string().regex(/^([01]\d|2[0-3]):(00|15|30|45)$/, 'a time HH:MM on a quarter-hour');
/** What people read: not empty, and every letter of it seen. */
const words = z
  .string()
  .trim()
  .min(1)
  .check(({ value, issues }) => {
    const wrong = value === '' ? null : wrongLetters(value);
    if (wrong === null) return;
    const { found, allowed } = wrong;
    issues.push({ code: 'custom', input: value, message: allowed, params: { found } });
  });
/** A text in both languages. */
const text = z.strictObject({ id: words, en: words });
/** `document#section`, both from the register. */
const citation = z.string().regex(/^[a-z0-9-]+#[a-z0-9.-]+$/, 'document#section');
/** Who let an item out, when, and the fingerprint of each section it then rested on (core/content/source-lock.ts). */
const approval = z
  .strictObject({
    role: z.string().min(1),
    date,
    sources: z.record(citation, z.string().regex(/^[0-9a-f]{16}$/, 'sixteen hex digits')),
  })
  // Nobody's yet: all it cites counts as changed, so the item can be looked at and measured, and goes to nobody.
  .default({ role: '', date: '', sources: {} });
export type Approval = z.infer<typeof approval>;

export const documentSchema = z.strictObject({
  id,
  title: words,
  publisher: words,
  kind: z.enum(['article', 'regulation', 'own-policy']),
  /** How the source line names its kind, e.g. "Artikel lembaga pelatihan, bukan regulasi". */
  kindLabel: text,
  language: z.enum(['id', 'en']),
  url: z.string().nullable(),
  licence: z.string().min(1),
  /** True only where the licence lets its sentences be quoted. */
  quotable: z.boolean(),
  date: date.nullable(),
  sections: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9.-]+$/, 'lower-case letters, digits, dots and hyphens'),
        title: text,
        /** The section itself, where its licence allows; else only its fingerprint, which tells when it changes. */
        text: z.string().trim().min(1).optional(),
        fingerprint: z
          .string()
          .regex(/^[0-9a-f]{64}$/, 'sixty-four hex digits')
          .optional(),
      }),
    )
    .min(1),
});

/** The four parts of a prebunking lesson, in the order of its text. */
export const prebunkParts = ['forewarning', 'claim', 'answer', 'unknown'] as const;
const part = z.enum(prebunkParts).optional();

/** One sentence of a lesson: a claim of its source, or our own advice. */
const sentence = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('source'),
    cites: citation,
    /** Words of the section itself, shown beside the source; only of documents that allow it. */
    quote: words.optional(),
    part,
    text,
  }),
  z.strictObject({ kind: z.literal('advice'), part, text }),
]);

export const lessonSchema = z.strictObject({
  id,
  aspect: z.enum(aspects),
  audience: z.enum(['staff', 'leader', 'everyone']),
  /** Lessons that prepare for a claim people meet: that AI replaces them, or that nothing changes at all. */
  prebunk: z
    .strictObject({
      claim: z.enum(['replaced', 'complacent']),
      role: z.enum(['first', 'booster']),
    })
    .optional(),
  cites: z.array(citation).min(1),
  title: text,
  sentences: z.array(sentence).min(2),
  /** If-then intention: "Jika …, maka saya …." */
  intention: text,
  quiz: z.strictObject({
    question: text,
    options: z
      .array(z.strictObject({ id, text, correct: z.boolean(), feedback: text }))
      .min(2)
      .max(4),
  }),
  approval,
});

const itemSchema = z.strictObject({
  id,
  aspect: z.enum(aspects),
  /** anchor = the person's reaction (asked every wave); condition = an obstacle (rotating). */
  role: z.enum(['anchor', 'condition']),
  barrier: z.enum(barriers),
  /** True when agreeing means less concern or fewer obstacles. */
  reverse: z.boolean(),
  cites: z.array(citation).min(1),
  text,
  approval,
});

export const surveySchema = z.strictObject({
  id,
  licence: z.string().min(1),
  intro: text,
  /** Five labels from strongest disagreement (1) to strongest agreement (5). */
  scale: z.array(text).length(5),
  notApplicable: text,
  comment: z.strictObject({
    label: text,
    hint: text,
    /** Words by which a comment is counted to an aspect; their inflected forms are found as well. */
    keywords: z.record(z.enum(aspects), text),
  }),
  items: z.array(itemSchema).min(10),
});

export const promptSchema = z.strictObject({
  id,
  role: z.enum(['vision', 'budget', 'collaboration', 'role-model']),
  aspect: z.enum(aspects),
  barrier: z.enum(barriers),
  cites: z.array(citation).min(1),
  title: text,
  action: text,
  /** About forty words to say in a meeting. */
  script: text,
  /** What staff would notice. */
  sign: text,
  /** The question to staff whether they noticed; asked by a later version. */
  seen: text,
  approval,
});

export const programmeSchema = z.strictObject({
  id,
  title: text,
  survey: id,
  /** Documents of which every section is told by some lesson. */
  covers: z.array(id),
  lesson: z.strictObject({
    starts: date,
    time,
    /** Lessons in the order of working days from `starts`. */
    order: z.array(id).min(1),
  }),
  leader: z.strictObject({
    starts: date,
    time,
    /** ISO weekday, 1 = Monday. */
    weekday: z.number().int().min(1).max(7),
    order: z.array(id).min(1),
  }),
  waves: z
    .array(
      z.strictObject({
        id,
        opens: date,
        workingDays: z.number().int().min(1).max(30),
        time,
        /** The rotating items of this wave; the survey's anchors are always asked. */
        rotating: z.array(id).length(5),
      }),
    )
    .min(1),
});

/** Chat texts by key; holes in `{braces}`. */
export const messagesSchema = z.record(
  z.string().regex(/^[a-zA-Z0-9.-]+$/, 'letters, digits, dots and hyphens'),
  text,
);

/** What the source lock holds: an item, the sections it cites and its approval. */
export type Locked = {
  readonly id: string;
  readonly cites: readonly string[];
  readonly approval: Approval;
};

export type SourceDocument = z.infer<typeof documentSchema>;
export type Lesson = z.infer<typeof lessonSchema>;
export type Item = z.infer<typeof itemSchema>;
export type Survey = z.infer<typeof surveySchema>;
export type Prompt = z.infer<typeof promptSchema>;
export type Programme = z.infer<typeof programmeSchema>;

/** Everything we say, parsed and cross-checked. */
export type Catalogue = {
  readonly documents: ReadonlyMap<string, SourceDocument>;
  readonly lessons: ReadonlyMap<string, Lesson>;
  readonly survey: Survey;
  readonly prompts: ReadonlyMap<string, Prompt>;
  readonly programme: Programme;
  readonly messages: ReadonlyMap<string, { readonly id: string; readonly en: string }>;
  /** Hex SHA-256 of all files, so that a changed catalogue is a new version. */
  readonly version: string;
};

/** A content file as read from disk: path relative to `content/`, and its text. */
export type ContentFile = { readonly path: string; readonly text: string };
