/** Survey periods on a terminal: the schedule, and what staff will read. */
import { sayIn } from '../../../../core/content/say.ts';
import type { Catalogue } from '../../../../core/content/schema.ts';
import type { Part } from '../../../../core/conversation/message.ts';
import { type Language, languages } from '../../../../core/language.ts';
import type { WaveNote } from '../../../../core/survey/schedule/notes.ts';
import type { Schedule, ScheduledWave } from '../../../../core/survey/schedule/schedule.ts';
import type { WavePreview } from '../../../../web/hr/waves/data.ts';
import { depthWords, noteWords, placeWords, type Speaker } from '../../../../web/hr/waves/words.ts';
import type { Shell } from '../shell.ts';

/** One line a period, then the remarks. */
export const printSchedule = (
  shell: Shell,
  speaker: Speaker,
  { schedule, notes }: { readonly schedule: Schedule; readonly notes: readonly WaveNote[] },
): void => {
  for (const wave of schedule.waves)
    shell.print(
      [
        `${wave.id}  ${wave.opens} – ${wave.closes}`,
        speaker.say(`waves.state.${wave.state}`),
        placeWords(speaker, wave),
        depthWords(speaker, wave.depth),
        wave.rotating.join(', '),
      ].join('; '),
    );
  for (const note of notes) shell.print(`! ${noteWords(speaker, note)}`);
};

/** What staff will read in both languages; both chats say the same words. */
export const printPreview = (
  shell: Shell,
  { wave, preview, catalogue }: Shown & { readonly wave: ScheduledWave },
): void => {
  for (const language of languages) {
    const messages = preview.messages.filter(({ sample }) => sample.language === language);
    const texts = messages.map(({ what, sample }) => {
      if ('fault' in sample.made) return [sample.made.fault];
      const { message } = sample.made;
      return what === 'form'
        ? formLines({ preview, catalogue }, language, message.form?.intro ?? '')
        : [message.title, ...message.parts.flatMap(partLines)];
    });
    shell.print(`== ${wave.id} · ${language} ==`);
    for (const lines of texts) shell.print(`${lines.join('\n')}\n`);
  }
};

type Shown = { readonly preview: WavePreview; readonly catalogue: Catalogue };

/** The words of a part of a message, its buttons in brackets. */
const partLines = (part: Part): readonly string[] => {
  if (part.type === 'actions') return [part.actions.map(({ label }) => `[${label}]`).join(' ')];
  return 'text' in part ? [part.text] : [];
};

const formLines = (
  { preview, catalogue }: Shown,
  language: Language,
  intro: string,
): readonly string[] => {
  const { scale, notApplicable, comment } = catalogue.survey;
  const choices = [...scale, notApplicable].map((label) => `( ) ${label[language]}`);
  return [
    intro,
    ...preview.items.map(({ text }, index) => `${index + 1}. ${text[language]}`),
    choices.join('   '),
    comment.label[language],
    comment.hint[language],
    `[${sayIn(catalogue, language)('button.submitPulse')}]`,
  ];
};
