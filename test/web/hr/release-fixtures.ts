/** Three frozen releases of a fictional agency: twelve units, three grade bands, some of them hidden. */
import { type Aspect, aspects, type Item } from '../../../core/content/schema.ts';
import {
  type AnswerCell,
  type Cell,
  type Group,
  type HiddenReason,
  type Measure,
  measures,
  type Release,
} from '../../../core/results/release.ts';

const unit = (id: number, parent: number | null, name: string): Group => ({
  unit: id,
  parent,
  kind: 'unit',
  name,
  levelLabel: id === 1 ? 'Kementerian' : (parent ?? 0) === 1 ? 'Direktorat Jenderal' : 'Direktorat',
  depth: id === 1 ? 0 : (parent ?? 0) === 1 ? 1 : 2,
});

const grade = (id: number, parent: number, name: string): Group => ({
  unit: id,
  parent,
  kind: 'grade',
  name,
  levelLabel: '',
  depth: parent === 1 ? 0 : 1,
});

/** Twelve units in three levels and three grade bands; 6 is the small unit, 7 is hidden to protect it. */
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
  grade(-1, 1, 'ahli-madya'),
  grade(-2, 1, 'ahli-muda'),
  grade(-3, 5, 'ahli-muda'),
];

export const units = groups.filter(({ kind }) => kind === 'unit');

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
  const half = of === 1 ? 0.11 : 0.2 + (Math.abs(of) % 4) * 0.06;
  const band = bands[of - 1] ?? '10–19';
  return { unit: of, ...measure, shown: true, mean, low: mean - half, high: mean + half, band };
};

const cellsOf = (wave: number): readonly Cell[] =>
  groups.flatMap(({ unit: of }) => measures.map((measure) => cellOf(of, wave, measure)));

/** An anchor of every aspect; two aspects have a condition, too. */
export const items: readonly Item[] = [
  item('khawatir-peran', 'people', 'Saya khawatir peran saya berkurang karena AI.'),
  item('khawatir-aturan', 'regulation', 'Saya khawatir melanggar aturan.'),
  item('khawatir-data', 'data', 'Saya khawatir data salah dipakai.'),
  item('khawatir-alat', 'infrastructure', 'Saya khawatir alatnya tidak andal.'),
  item('khawatir-budaya', 'culture', 'Saya khawatir ditertawakan bila keliru.'),
  ...aspects.map((aspect) => item(`kondisi-${aspect}`, aspect, `Kondisi ${aspect} mendukung.`)),
];

function item(id: string, aspect: Aspect, text: string): Item {
  const condition = id.startsWith('kondisi');
  return {
    id,
    aspect,
    role: condition ? 'condition' : 'anchor',
    barrier: 'want',
    reverse: condition,
    cites: ['naskah#sdm'],
    text: { id: text, en: `${text} (en)` },
    approval: { role: 'Redaksi', date: '2026-09-28', sources: {} },
  };
}

const answerOf = (of: number, wave: number, id: string): AnswerCell => {
  const hidden = hiddenReason(of, wave) ?? (of === 7 ? 'few' : null);
  if (hidden !== null) return { unit: of, item: id, shown: false, hidden };
  return {
    unit: of,
    item: id,
    shown: true,
    band: bands[of - 1] ?? '10–19',
    favourable: { share: 0.37, low: 0.29, high: 0.46, range: { low: 0.23, high: 0.61 } },
    points: [0.12, 0.25, 0.31, 0.22, 0.1],
  };
};

const releaseOf = (wave: number, closedOn: string): Release => ({
  version: 2,
  wave: `gelombang-${wave}`,
  closedOn,
  depth: 'units',
  items: items.map(({ id, role, aspect }) => ({
    id,
    score: role === 'anchor' ? 'concern' : 'condition',
    aspect,
  })),
  groups,
  cells: cellsOf(wave),
  answers: groups.flatMap(({ unit: of }) => items.map(({ id }) => answerOf(of, wave, id))),
  changes:
    wave === 0
      ? []
      : [
          {
            unit: 1,
            aspect: 'all',
            since: `gelombang-${wave - 1}`,
            verdict: 'lower',
            delta: -0.24,
            detectable: 0.19,
          },
          {
            unit: 4,
            aspect: 'all',
            since: `gelombang-${wave - 1}`,
            verdict: 'unclear',
            delta: -0.24,
            detectable: 0.57,
          },
        ],
  lines: [],
  participation: groups.map(({ unit: of }) => ({
    unit: of,
    ...(of === 6
      ? { band: null, hidden: 'small' as const }
      : { band: `${5 + (Math.abs(of) % 4)}0–${5 + (Math.abs(of) % 4)}9 %` }),
  })),
  method: {
    reliability: { alpha: 0.81, omega: 0.83 },
    agreement: { icc1: 0.05, icc2: 0.61 },
  },
  comments: [
    {
      unit: 1,
      themes: [
        { theme: 'data', comments: ['Data yang rapi.', '=1+1 <b>tebal</b>'] },
        { theme: 'other', comments: ['Waktu untuk belajar.'] },
      ],
    },
  ],
  audit: {
    cells: 330,
    hiddenFew: 27,
    hiddenProtect: wave === 1 ? 24 : 12,
    attacksTried: 4096,
    undecided: 0,
    accomplice: 3,
    unreadable: 0,
  },
});

/** Three published waves, oldest first. */
export const releases: readonly Release[] = [
  releaseOf(0, '2026-10-16'),
  releaseOf(1, '2026-11-13'),
  releaseOf(2, '2026-12-04'),
];
