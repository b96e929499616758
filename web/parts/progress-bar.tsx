/** How far something is: a bar, percent and words. */
import type { Language } from '../../core/language.ts';
import { formatPercent } from '../format.ts';

/** `fraction` is 0 to 1; `words` say what is moving. */
export const ProgressBar = ({
  fraction,
  words,
  language,
}: {
  fraction: number;
  words: string;
  language: Language;
}) => {
  const percent = formatPercent(fraction, language);
  return (
    <div class="progress">
      <progress max="1" value={String(fraction)} aria-label={`${words}: ${percent}`}></progress>
      <span>
        {words} · {percent}
      </span>
    </div>
  );
};
