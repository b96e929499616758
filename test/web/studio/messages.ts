/** One message of each kind in both languages, for the studio. */
import {
  actionIds,
  type ChatMessage,
  type Form,
  type MessageKind,
  type Part,
} from '../../../core/conversation/message.ts';
import { actionValue } from '../../../core/conversation/values.ts';
import type { Language } from '../../../core/language.ts';

type Said = Readonly<Record<Language, string>>;

const titles: Readonly<Record<MessageKind, Said>> = {
  lesson: { id: 'Kiat hari ini: Mulai dari data', en: 'Tip of the day: Start with the data' },
  'lesson-answered': {
    id: 'Kiat hari ini: Mulai dari data',
    en: 'Tip of the day: Start with the data',
  },
  correction: { id: 'Perbaikan kiat', en: 'A corrected tip' },
  'pulse-invitation': { id: 'Survei singkat', en: 'Short survey' },
  'pulse-reminder': { id: 'Survei singkat masih terbuka', en: 'The short survey is still open' },
  'pulse-received': { id: 'Jawaban diterima', en: 'Answer received' },
  'leader-summary': { id: 'Ringkasan pekan ini', en: 'This week in brief' },
  welcome: { id: 'Perkenalan', en: 'Welcome' },
  notice: { id: 'Kiriman dijeda', en: 'Messages paused' },
};

const body: Said = {
  id: 'AI hanya sebaik data yang dipakainya. Sebelum mencoba alat baru, periksa dahulu satu berkas: apakah kolomnya jelas, tanggalnya seragam, dan sumbernya tercatat?',
  en: 'AI is only as good as the data it uses. Before trying a new tool, check one file first: are its columns clear, its dates uniform, its source recorded?',
};

const action = (language: Language, name: keyof typeof actionIds, label: Said) => ({
  id: actionIds[name],
  label: label[language],
  value: actionValue(language, 'mulai-dari-data', name),
});

const lessonParts = (language: Language): readonly Part[] => [
  { type: 'paragraph', text: body[language] },
  {
    type: 'actions',
    actions: [
      {
        ...action(language, 'tryToday', { id: 'Saya coba', en: 'I will try' }),
        style: 'primary' as const,
      },
    ],
  },
  { type: 'paragraph', text: language === 'id' ? 'Uji diri' : 'Check yourself', strong: true },
  {
    type: 'actions',
    actions: [
      action(language, 'answerQuiz', {
        id: 'Merapikan satu tabel lebih dahulu, lalu mencatat sumbernya',
        en: 'Tidy one table first, then record its source',
      }),
      action(language, 'answerQuiz', {
        id: 'Langsung mengunggah semua berkas <tanpa dibaca>',
        en: 'Upload all files at once <without reading>',
      }),
    ],
  },
  {
    type: 'context',
    text: language === 'id' ? 'Sumber: naskah contoh, Data' : 'Source: sample text, Data',
  },
  {
    type: 'actions',
    actions: [
      action(language, 'later', { id: 'Tunda', en: 'Later' }),
      action(language, 'pause', { id: 'Jeda', en: 'Pause' }),
      action(language, 'stop', { id: 'Berhenti', en: 'Stop' }),
    ],
  },
];

const leaderParts = (language: Language): readonly Part[] => [
  {
    type: 'facts',
    facts: [
      { label: language === 'id' ? 'Kiat ditanggapi' : 'Tips acted on', value: '70–79%' },
      { label: language === 'id' ? 'Kekhawatiran' : 'Concern', value: '2,9 (2,7–3,1)' },
      { label: language === 'id' ? 'Ikut survei' : 'Took part', value: '60–69%' },
    ],
  },
  {
    type: 'chart',
    title: language === 'id' ? 'Kekhawatiran' : 'Concern',
    categories: ['16 Okt', '13 Nov', '4 Des'],
    series: [
      { name: 'Biro Perencanaan', values: [3.3, 3.1, 2.9] },
      { name: 'Kementerian', values: [3.2, 3.1, 3.0] },
    ],
    alternative:
      language === 'id'
        ? 'Kekhawatiran: 3,3 lalu 3,1 lalu 2,9 di Biro Perencanaan.'
        : 'Concern: 3.3, then 3.1, then 2.9 in Biro Perencanaan.',
  },
  {
    type: 'actions',
    actions: [
      action(language, 'commit', { id: 'Akan saya lakukan', en: 'I will do this' }),
      action(language, 'done', { id: 'Sudah saya lakukan', en: 'I have done this' }),
    ],
  },
];

const scale: Readonly<Record<Language, readonly string[]>> = {
  id: ['Sangat tidak setuju', 'Tidak setuju', 'Netral', 'Setuju', 'Sangat setuju'],
  en: ['Strongly disagree', 'Disagree', 'Neutral', 'Agree', 'Strongly agree'],
};

/** A pulse of two questions and a comment. */
export const form = (language: Language): Form => ({
  ticket: 'tiket-contoh',
  title: language === 'id' ? 'Survei singkat' : 'Short survey',
  intro:
    language === 'id'
      ? 'Jawaban Anda dirahasiakan. Tidak dipakai untuk SKP, disiplin, promosi, atau mutasi.'
      : 'Your answers are confidential. Not used for performance targets, discipline, promotion or transfer.',
  questions: ['khawatir-peran', 'data-terbuka'].map((id, index) => ({
    id,
    label:
      language === 'id'
        ? `Pernyataan ${index + 1}: saya tahu harus bertanya kepada siapa.`
        : `Statement ${index + 1}: I know whom to ask.`,
    options: scale[language].map((label, at) => ({ value: String(at + 1), label })),
  })),
  comment: {
    id: 'comment',
    label: language === 'id' ? 'Komentar (boleh kosong)' : 'Comment (may be empty)',
    hint: language === 'id' ? 'Bukan saluran pengaduan.' : 'Not a complaints channel.',
  },
  submit: action(language, 'submitPulse', { id: 'Kirim', en: 'Send' }),
  cancel: language === 'id' ? 'Batal' : 'Cancel',
  errorMessage: language === 'id' ? 'Pilih satu jawaban.' : 'Choose one answer.',
});

const pulseParts = (language: Language): readonly Part[] => [
  { type: 'paragraph', text: form(language).intro },
  {
    type: 'actions',
    actions: [
      action(language, 'openPulse', { id: 'Jawab', en: 'Answer' }),
      action(language, 'skipPulse', { id: 'Lewati periode ini', en: 'Skip this period' }),
    ],
  },
];

const partsOf = (kind: MessageKind, language: Language): readonly Part[] => {
  if (kind === 'lesson') return lessonParts(language);
  if (kind === 'leader-summary') return leaderParts(language);
  if (kind === 'pulse-invitation' || kind === 'pulse-reminder') return pulseParts(language);
  return [{ type: 'paragraph', text: body[language] }];
};

/** The sample of a kind in a language. */
export const message = (kind: MessageKind, language: Language): ChatMessage => ({
  kind,
  language,
  title: titles[kind][language],
  text: `${titles[kind][language]}. ${body[language].slice(0, 120)}`,
  parts: partsOf(kind, language),
  ...(kind === 'pulse-invitation' ? { form: form(language) } : {}),
});
