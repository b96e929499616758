/** Instants in words, as the studio's clock shows them. */
import { type Language, locales } from '../../../core/language.ts';
import { zoneName } from '../../../web/format.ts';

/** "Sen 7 Des 2026 08.30 WIB" / "Mon 7 Dec 2026 08:30 WIB". */
export const momentLabel = (at: Date, zone: string, language: Language): string => {
  const locale = locales[language];
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
