/** Instants in words, as the studio's clock shows them. */
import type { Language } from '../../core/language.ts';

/** "Sen 7 Des 2026 08.30 WIB" / "Mon 7 Dec 2026 08:30 WIB". */
export const momentLabel = (at: Date, zone: string, language: Language): string => {
  const locale = language === 'id' ? 'id-ID' : 'en-GB';
  const date = at
    .toLocaleDateString(locale, {
      timeZone: zone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
    })
    .replaceAll(',', '');
  const time = at.toLocaleTimeString(locale, {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return `${date} ${time} ${zoneName(at, zone)}`;
};

/** WIB, WITA and WIT exist in Indonesian only; elsewhere the offset serves. */
const zoneName = (at: Date, zone: string): string =>
  new Intl.DateTimeFormat('id-ID', { timeZone: zone, timeZoneName: 'short' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value ?? zone;
