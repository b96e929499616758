/** Figures, waves and prompts of a fictional agency, made of the product's own types. */
import { aspects } from '../../core/content/schema.ts';
import type { LearningRelease } from '../../core/results/learning.ts';
import {
  type Cell,
  type Group,
  type HiddenReason,
  type Measure,
  measures,
  type Release,
} from '../../core/results/release.ts';
import type { HrData, OpenWave } from '../../web/hr/data.ts';
import type { LeaderData, WeekPrompt } from '../../web/leader/data.ts';
import type { Site } from '../../web/site.ts';

export const site: Site = {
  agency: { id: 'Kementerian Contoh', en: 'Kementerian Contoh' },
  language: 'id',
  links: [
    { href: '/', label: { id: 'Studio', en: 'Studio' } },
    { href: '/hr', label: { id: 'SDM', en: 'HR' } },
    { href: '/pimpinan', label: { id: 'Pimpinan', en: 'Leader' } },
    { href: '/pratinjau', label: { id: 'Pratinjau', en: 'Preview' } },
  ],
  simulated: true,
};

const viewer = async () => ({ id: 'SDM, Kementerian Contoh', en: 'HR, Kementerian Contoh' });

const unit = (id: number, parent: number | null, name: string): Group => ({
  unit: id,
  parent,
  name,
  levelLabel: id === 1 ? 'Kementerian' : (parent ?? 0) === 1 ? 'Direktorat Jenderal' : 'Direktorat',
  depth: id === 1 ? 0 : (parent ?? 0) === 1 ? 1 : 2,
});

/** Twelve units in three levels; 6 is the small one, 7 is hidden to protect it. */
export const groups: readonly Group[] = [
  unit(1, null, 'Kementerian Contoh'),
  unit(2, 1, 'Sekretariat Jenderal'),
  unit(3, 2, 'Biro Kepegawaian dan Organisasi'),
  unit(4, 2, 'Biro Perencanaan'),
  unit(5, 1, 'Direktorat Jenderal Layanan Publik'),
  unit(6, 5, 'Direktorat Inovasi Layanan'),
  unit(7, 5, 'Direktorat Standar Layanan'),
  unit(8, 5, 'Direktorat Pengaduan dan Umpan Balik'),
  unit(9, 1, 'Direktorat Jenderal Data dan Informasi'),
  unit(10, 9, 'Direktorat Tata Kelola Data'),
  unit(11, 9, 'Direktorat Infrastruktur Digital'),
  unit(12, 1, 'Inspektorat Jenderal'),
];

const bands = ['100–199', '50–99', '20–49', '20–49', '50–99', '6–9', '10–19', '20–49'];

const hiddenReason = (of: number, wave: number): HiddenReason | null =>
  of === 6 ? 'few' : of === 7 || (of === 8 && wave === 1) ? 'protect' : null;

const meanOf = (of: number, wave: number, { score, aspect }: Measure): number => {
  const tilt = aspect === 'all' ? 0 : (aspects.indexOf(aspect) - 2) * 0.22;
  return 3.1 + (score === 'condition' ? 0.35 : 0) + Math.sin(of * 1.7) * 0.7 - wave * 0.24 - tilt;
};

const cellOf = (of: number, wave: number, measure: Measure): Cell => {
  const hidden = hiddenReason(of, wave);
  if (hidden !== null) return { unit: of, ...measure, shown: false, hidden };
  const mean = meanOf(of, wave, measure);
  const half = of === 1 ? 0.11 : 0.2 + (of % 4) * 0.06;
  const band = bands[of - 1] ?? '10–19';
  return { unit: of, ...measure, shown: true, mean, low: mean - half, high: mean + half, band };
};

const cellsOf = (wave: number): readonly Cell[] =>
  groups.flatMap(({ unit: of }) => measures.map((measure) => cellOf(of, wave, measure)));

const releaseOf = (wave: number, closedOn: string): Release => ({
  wave: `gelombang-${wave}`,
  closedOn,
  items: ['khawatir-peran', 'data-terbuka'],
  groups,
  cells: cellsOf(wave),
  participation: groups.map(({ unit: of }) => ({
    unit: of,
    band: of === 6 ? null : `${5 + (of % 4)}0–${5 + (of % 4)}9 %`,
  })),
  audit: {
    cells: 144,
    hiddenFew: 12,
    hiddenProtect: wave === 1 ? 24 : 12,
    attacksTried: 4096,
    unreadable: 0,
  },
});

/** Three published waves, oldest first. */
export const releases: readonly Release[] = [
  releaseOf(0, '2026-10-16'),
  releaseOf(1, '2026-11-13'),
  releaseOf(2, '2026-12-04'),
];

const openWave: OpenWave = {
  wave: 'gelombang-3',
  opensOn: '2027-01-04',
  closesOn: '2027-01-15',
  asOf: '2027-01-08',
  groups,
  participation: groups.map(({ unit: of }) => ({ unit: of, band: of === 6 ? null : '20–29 %' })),
};

const adoption: LearningRelease = {
  week: '2026-12-07',
  units: groups.map(({ unit: of }) => ({ unit: of, band: of === 6 ? null : '70–79 %' })),
};

export const hrData = (changed: Partial<HrData> = {}): HrData => ({
  viewer,
  releases: async () => releases,
  openWave: async () => openWave,
  adoption: async () => adoption,
  items: async () => [
    {
      id: 'khawatir-peran',
      aspect: 'people',
      role: 'anchor',
      barrier: 'want',
      reverse: false,
      cites: ['naskah#sdm'],
      text: {
        id: 'Saya khawatir peran saya berkurang karena AI.',
        en: 'I worry that AI will shrink my role.',
      },
      approval: { role: 'Redaksi', date: '2026-09-28', sources: {} },
    },
    {
      id: 'data-terbuka',
      aspect: 'data',
      role: 'condition',
      barrier: 'able',
      reverse: true,
      cites: ['naskah#data'],
      text: {
        id: 'Data yang saya perlukan mudah diperoleh.',
        en: 'The data I need is easy to get.',
      },
      approval: { role: 'Redaksi', date: '2026-09-28', sources: {} },
    },
  ],
  ...changed,
});

const prompt: WeekPrompt = {
  id: 'mulai-dari-satu-layanan',
  title: { id: 'Mulai dari satu layanan', en: 'Start with one service' },
  action: {
    id: 'Pilih satu layanan di unit Anda dan sebutkan satu langkahnya yang boleh dicoba dengan AI.',
    en: 'Choose one service of your unit and name one step of it that may be tried with AI.',
  },
  script: {
    id: 'Pekan ini kita mencoba satu langkah kecil. Bila hasilnya kurang baik, kita perbaiki bersama; tidak ada yang dinilai dari percobaan ini.',
    en: 'This week we try one small step. Should it turn out poorly, we mend it together; nobody is judged by this trial.',
  },
  sign: {
    id: 'Ada pegawai yang menceritakan satu percobaan tanpa diminta.',
    en: 'Someone speaks of a trial without being asked.',
  },
  source: {
    id: 'Sumber: naskah contoh, Tantangan budaya (artikel contoh)',
    en: 'Source: sample text, Cultural challenges (sample article)',
  },
  state: 'new',
};

/** Leader data that keeps what is recorded, in memory. */
export const leaderData = (changed: Partial<LeaderData> = {}): LeaderData => {
  const states = new Map<number, WeekPrompt['state']>();
  return {
    viewer: async () => ({ id: 'Pimpinan', en: 'Leader' }),
    units: async () => groups,
    releases: async () => releases,
    openWave: async () => null,
    adoption: async () => adoption,
    prompt: async (of) => ({ ...prompt, state: states.get(of) ?? 'new' }),
    record: async ({ unit: of, act }) => {
      states.set(of, act === 'done' ? 'done' : 'committed');
    },
    ...changed,
  };
};
