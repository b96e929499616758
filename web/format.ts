/** Numbers, dates and times as Indonesian and English readers write them. */
import { addDays, weekday } from '../core/calendar/zone.ts';
import type { LocalDate } from '../core/clock.ts';
import { type Language, locales } from '../core/language.ts';

/** `1.234,5` in Indonesian, `1,234.5` in English, always with `digits` decimals. */
export const formatNumber = (value: number, language: Language, digits = 0): string => {
  const key = `${language} ${digits}`;
  const made =
    numberFormats.get(key) ??
    new Intl.NumberFormat(locales[language], {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  numberFormats.set(key, made);
  return made.format(value);
};

/** Making a format takes a hundred times as long as using it. */
const numberFormats = new Map<string, Intl.NumberFormat>();

/** A score with one decimal: `2,9`. */
export const formatScore = (value: number, language: Language): string => {
  const at = Math.round(value * 100);
  // Published scores have two decimals and end at 5: few words serve every cell of a large map.
  if (at / 100 !== value || at < 0 || at > 500) return formatNumber(value, language, 1);
  const words = scoreWords[language];
  words[at] ??= formatNumber(value, language, 1);
  return words[at];
};

const scoreWords: Readonly<Record<Language, string[]>> = { id: [], en: [] };

/** An interval with one decimal: `2,7–3,1`. */
export const formatInterval = (
  { low, high }: { readonly low: number; readonly high: number },
  language: Language,
): string => `${formatScore(low, language)}–${formatScore(high, language)}`;

/** The size of a change with two decimals, so that a clear one never reads as 0,0; its direction is said in words. */
export const formatChange = (value: number, language: Language): string =>
  formatNumber(Math.abs(value), language, 2);

/** A share of 0 to 1 as whole percent: `71%`. */
export const formatPercent = (share: number, language: Language): string =>
  `${formatNumber(share * 100, language)}%`;

/** `25 Nov 2026`. */
export const formatDate = (date: LocalDate, language: Language): string =>
  dateFormats[language].date.format(noon(date));

/** `25 Nov`, where the year is clear. */
export const formatDay = (date: LocalDate, language: Language): string =>
  dateFormats[language].day.format(noon(date));

const datesIn = (language: Language) => {
  const day = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
  return {
    date: new Intl.DateTimeFormat(locales[language], { ...day, year: 'numeric' }),
    day: new Intl.DateTimeFormat(locales[language], day),
  };
};

const dateFormats = { id: datesIn('id'), en: datesIn('en') } as const;

/** `25 Nov 2026, 09.30 WIB`; the zone is named WIB, WITA or WIT in both languages. */
export const formatInstant = (instant: Date, language: Language, zone = 'Asia/Jakarta'): string => {
  const part = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locales[language], { ...options, timeZone: zone }).format(instant);
  const date = part({ day: 'numeric', month: 'short', year: 'numeric' });
  const time = part({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return `${date}, ${time} ${zoneName(instant, zone)}`;
};

/** Monday and Sunday of the week that holds `date`: the working week starts on Monday. */
export const weekOf = (
  date: LocalDate,
): { readonly first: LocalDate; readonly last: LocalDate } => {
  const first = addDays(date, 1 - weekday(date));
  return { first, last: addDays(first, 6) };
};

/** `7–13 Des 2026`: the week that holds `date`. */
export const formatWeek = (date: LocalDate, language: Language): string => {
  const { first, last } = weekOf(date);
  const sameMonth = first.slice(0, 7) === last.slice(0, 7);
  const from = sameMonth ? String(Number(first.slice(8))) : formatDay(first, language);
  return `${from}–${formatDate(last, language)}`;
};

const noon = (date: LocalDate): Date => new Date(`${date}T12:00:00Z`);

/** "WIB", "WITA" or "WIT" (only the Indonesian locale knows them); the offset elsewhere. */
export const zoneName = (instant: Date, zone: string): string =>
  new Intl.DateTimeFormat('id-ID', { timeZoneName: 'short', timeZone: zone })
    .formatToParts(instant)
    .find(({ type }) => type === 'timeZoneName')?.value ?? zone;
