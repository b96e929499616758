/** How the sample's people behave: fixed by their ids, so that every run tells the same story. */
import { hash } from 'node:crypto';
import { minute } from '../../../core/clock.ts';
import type { Aspect, Item } from '../../../core/content/schema.ts';
import type { FormAnswers } from '../chat/actor.ts';

/** A number in [0, 1) fixed by `key`. */
export const chance = (key: string): number =>
  hash('sha256', key, 'buffer').readUInt32BE(0) / 2 ** 32;

/** Whether a person reacts to a kind of message, and how long after it came. */
export type Habit = { readonly share: number; readonly afterMinutes: readonly [number, number] };

export const habits = {
  lesson: { share: 0.24, afterMinutes: [2, 240] },
  pulse: { share: 0.32, afterMinutes: [5, 360] },
  leader: { share: 0.6, afterMinutes: [10, 200] },
} as const satisfies Readonly<Record<string, Habit>>;

/** The instant of a person's reaction to a message, or null when there is none. */
export const reactionAt = (
  habit: Habit,
  who: { readonly userId: string; readonly about: string },
  sentAt: Date,
): Date | null => {
  // Eager people react often, others seldom: a person is not a coin.
  const eagerness = 0.5 + chance(`eager/${who.userId}`);
  if (chance(`react/${who.userId}/${who.about}`) >= habit.share * eagerness) return null;
  const [least, most] = habit.afterMinutes;
  const wait = least + chance(`wait/${who.userId}/${who.about}`) * (most - least);
  // People come by every few minutes; seconds of the sending do not shift them.
  const sent = Math.floor(sentAt.getTime() / minute) * minute;
  return new Date(Math.ceil((sent + wait * minute) / round) * round);
};

/**
 * What somebody who reacts to a tip does: one in five only says "Saya coba", one in forty puts it off, the others answer
 * the case. Every showing finds another mood, else whoever put a tip off would put it off for ever.
 */
export const lessonMood = (
  who: { readonly userId: string; readonly about: string },
  sentAt: Date,
): 'tries' | 'later' | 'answers' => {
  const mood = chance(`mood/${who.userId}/${who.about}/${sentAt.toISOString().slice(0, 13)}`);
  if (mood < 0.2) return 'tries';
  return mood < 0.225 ? 'later' : 'answers';
};

/** Reactions fall on marks of five minutes. */
const round = 5 * minute;

/** Mean level of concern and obstacles by aspect, 1–5. */
const levels: Readonly<Record<Aspect, number>> = {
  regulation: 3.2,
  data: 3.3,
  people: 3.6,
  infrastructure: 3.1,
  culture: 2.8,
};

/** What really changes: concern about people eases after the first wave, the rest stays as it was. */
const changes: Readonly<Record<string, Partial<Record<Aspect, number>>>> = {
  w2: { people: -0.5 },
  w3: { people: -0.6 },
  w4: { people: -0.7, data: -0.3 },
};

/** One person's answers to a form; about one item in thirty is "Tidak tahu / tidak relevan". */
export const pulseAnswers = (
  items: readonly Item[],
  who: { readonly userId: string; readonly unit: string; readonly wave: string },
): FormAnswers =>
  Object.fromEntries(
    items.map((item) => {
      const key = `${who.userId}/${who.wave}/${item.id}`;
      if (chance(`na/${key}`) < 1 / 30) return [item.id, 'na'];
      const level = levels[item.aspect] + (changes[who.wave]?.[item.aspect] ?? 0);
      const ofUnit = (chance(`unit/${who.unit}/${item.aspect}`) - 0.5) * 1.2;
      const ofPerson = (chance(`person/${who.userId}`) - 0.5) * 1.6;
      const noise = (chance(`answer/${key}`) - 0.5) * 2.2;
      const value = Math.min(5, Math.max(1, Math.round(level + ofUnit + ofPerson + noise)));
      return [item.id, String(item.reverse ? 6 - value : value)];
    }),
  );

/** What helps, in people's own words; some of them name what a scrubber must take out. */
const comments = [
  'Contoh pemakaian AI dari unit lain, lengkap dengan hasilnya.',
  'Waktu khusus untuk belajar, misalnya satu jam setiap pekan.',
  'Aturan yang jelas: data mana yang boleh dipakai dan mana yang tidak.',
  'Jaringan di kantor kami sering lambat pada jam kerja.',
  'Pelatihan singkat yang sesuai dengan pekerjaan sehari-hari.',
  'Pimpinan ikut mencoba, supaya kami tidak ragu.',
  'Data antarunit memakai format yang sama.',
  'Ada rekan yang bisa ditanya saat hasilnya meragukan.',
  'Akun dan perangkat yang resmi, bukan akun pribadi.',
  'Kepastian bahwa mencoba tidak memengaruhi penilaian kinerja.',
  'A colleague to ask when a result looks wrong.',
  'Mohon hubungi saya di 0812-0000-0000 bila ada pelatihan.',
] as const;

/** One person's comment, or null: about one in four writes one. */
export const pulseComment = (who: {
  readonly userId: string;
  readonly wave: string;
}): string | null => {
  const key = `${who.userId}/${who.wave}`;
  if (chance(`writes/${key}`) >= 1 / 4) return null;
  return comments[Math.floor(chance(`comment/${key}`) * comments.length)] ?? null;
};
