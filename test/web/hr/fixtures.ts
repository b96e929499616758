/** Waves, prompts and readers of a fictional agency, made of the product's own types. */
import type { LearningRelease } from '../../../core/results/learning.ts';
import type { HrData, OpenWave } from '../../../web/hr/data.ts';
import type { LeaderData, WeekPrompt } from '../../../web/leader/data.ts';
import type { Site } from '../../../web/site.ts';
import { items, releases, units } from './release-fixtures.ts';

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

const openWave: OpenWave = {
  wave: 'gelombang-3',
  opensOn: '2027-01-04',
  closesOn: '2027-01-15',
  asOf: '2027-01-08',
  groups: units,
  participation: units.map(({ unit: of }) => ({ unit: of, band: of === 6 ? null : '20–29 %' })),
};

const adoption: LearningRelease = {
  week: '2026-12-07',
  units: units.map(({ unit: of }) => ({ unit: of, band: of === 6 ? null : '70–79 %' })),
};

export const hrData = (changed: Partial<HrData> = {}): HrData => ({
  viewer,
  releases: async () => releases,
  openWave: async () => openWave,
  adoption: async () => adoption,
  items: async () => items,
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
    units: async () => units,
    releases: async () => releases,
    openWave: async () => null,
    adoption: async () => adoption,
    prompt: async (of) => ({ ...prompt, state: states.get(of) ?? 'new' }),
    record: async ({ unit: of, act }) => {
      states.set(of, act === 'done' ? 'done' : 'committed');
      return true;
    },
    ...changed,
  };
};
