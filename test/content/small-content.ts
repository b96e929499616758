/** The smallest content that has no fault, for tests that spoil one line of it. */
import { aspects, type ContentFile } from '../../core/content/schema.ts';
import { sectionFingerprint } from '../../core/content/source-lock.ts';

const words = (count: number): string =>
  Array.from({ length: count }, (_, index) => `kata${index}`).join(' ');

/** Advice that claims nothing: no figure among its thirty words. */
const advice = Array.from({ length: 30 }, () => 'kata').join(' ');

const digits = (section: string): string =>
  JSON.stringify(sectionFingerprint(section).slice(0, 16));
const one = digits('one');
const two = digits('two');

const lesson = `id: l01
aspect: people
audience: staff
cites: [doc#one]
title: { id: Judul, en: Title }
sentences:
  - kind: source
    cites: doc#one
    text:
      id: ${words(40)}
      en: ${words(40)}
  - kind: advice
    text:
      id: ${advice}
      en: ${advice}
intention:
  id: Jika ada surat, maka saya membacanya.
  en: If a letter comes, then I read it.
quiz:
  question: { id: Apa, en: What }
  options:
    - { id: a, text: { id: Satu, en: One }, correct: true, feedback: { id: Ya, en: Yes } }
    - { id: b, text: { id: Dua, en: Two }, correct: false, feedback: { id: Belum, en: Not yet } }
approval: { role: Redaksi, date: 2026-09-28, sources: { doc#one: ${one} } }
`;

const document = `id: doc
title: Naskah
publisher: Lembaga
kind: article
kindLabel: { id: Artikel, en: Article }
language: id
url: null
licence: none
quotable: false
date: null
sections:
  - { id: one, title: { id: Satu, en: One }, fingerprint: ${sectionFingerprint('one')} }
  - { id: two.b, title: { id: Dua, en: Two }, fingerprint: ${sectionFingerprint('two')} }
`;

const item = (id: string, aspect: string, role: string): string => `  - id: ${id}
    aspect: ${aspect}
    role: ${role}
    barrier: want
    reverse: false
    cites: [doc#one]
    text: { id: Pernyataan, en: Statement }
    approval: { role: Redaksi, date: 2026-09-28, sources: { doc#one: ${one} } }
`;

const survey = `id: pulse
licence: CC BY 4.0
intro: { id: Pembuka, en: Opening }
scale:
  - { id: a, en: a }
  - { id: b, en: b }
  - { id: c, en: c }
  - { id: d, en: d }
  - { id: e, en: e }
notApplicable: { id: Tidak tahu, en: Unknown }
comment:
  { label: { id: Komentar, en: Comment }, hint: { id: Petunjuk, en: Hint },
    keywords: { ${aspects.map((aspect) => `${aspect}: { id: kata, en: word }`).join(', ')} } }
items:
${['regulation', 'data', 'people', 'infrastructure', 'culture']
  .map((aspect) => item(`${aspect}-a`, aspect, 'anchor') + item(`${aspect}-1`, aspect, 'condition'))
  .join('')}`;

const prompt = `id: p01
role: vision
aspect: data
barrier: know
cites: [doc#two.b]
title: { id: Judul, en: Title }
action: { id: Lakukan, en: Do }
script: { id: Katakan, en: Say }
sign: { id: Tanda, en: Sign }
seen: { id: Terlihat, en: Seen }
approval: { role: Redaksi, date: 2026-09-28, sources: { doc#two.b: ${two} } }
`;

const programme = `id: plan
title: { id: Program, en: Programme }
survey: pulse
lesson:
  starts: 2026-10-19
  time: "08:30"
  order:
    - l01
leader:
  starts: 2026-10-19
  time: "09:00"
  weekday: 1
  order: [p01]
waves:
  - id: w1
    opens: 2026-10-05
    workingDays: 10
    time: "10:00"
    rotating:
      - regulation-1
      - data-1
      - people-1
      - infrastructure-1
      - culture-1
covers: [doc]
`;

const messages = `greeting.title:
  id: Halo {name}
  en: Hello {name}
`;

/** Paths of the small content, so that tests name the file they spoil. */
export const paths = {
  document: 'documents/doc.yaml',
  lesson: 'lessons/l01-letter.yaml',
  survey: 'surveys/pulse.yaml',
  prompt: 'prompts/p01-say.yaml',
  programme: 'programmes/plan.yaml',
  messages: 'messages/greeting.yaml',
} as const;

/** Six files, one a folder, without a fault. */
export const smallContent: readonly ContentFile[] = [
  { path: paths.document, text: document },
  { path: paths.lesson, text: lesson },
  { path: paths.survey, text: survey },
  { path: paths.prompt, text: prompt },
  { path: paths.programme, text: programme },
  { path: paths.messages, text: messages },
];

/** The small content with one text of one file replaced; the text must stand there. */
export const spoil = (path: string, from: string, to: string): readonly ContentFile[] =>
  smallContent.map((file) => {
    if (file.path !== path) return file;
    if (!file.text.includes(from)) throw new Error(`${path} does not hold ${from}`);
    return { path, text: file.text.replace(from, () => to) };
  });
