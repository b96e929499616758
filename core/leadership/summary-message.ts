/** The leader's weekly message: three numbers, one chart, one thing to do; no name, no ranking. */

import { sayIn } from '../content/say.ts';
import type { Catalogue, Prompt } from '../content/schema.ts';
import { wholeSentences } from '../conversation/clip.ts';
import { actionIds, type ChatMessage, type Part, type Series } from '../conversation/message.ts';
import { actionValue } from '../conversation/values.ts';
import { type Language, locales } from '../language.ts';
import { sourceParts } from '../learning/source-line.ts';
import { hiddenWords, type StandInReason } from '../results/read.ts';

/** The figures of the leader's unit, or of the unit above when its own are hidden. */
export type LeaderFigures = {
  readonly unitName: string;
  /** The unit above whose figures these are, and why the own ones are not shown; null when they are the own. */
  readonly standsFor: { readonly unit: string; readonly reason: StandInReason } | null;
  /** Bands and values as published; null = not shown yet or hidden. */
  readonly engaged: string | null;
  readonly concern: { readonly mean: number; readonly low: number; readonly high: number } | null;
  readonly participation: string | null;
  readonly trend: { readonly categories: readonly string[]; readonly series: readonly Series[] };
};

/** The weekly summary with this week's prompt. */
export const leaderMessage = (
  catalogue: Catalogue,
  language: Language,
  { figures, prompt }: { readonly figures: LeaderFigures; readonly prompt: Prompt },
): ChatMessage => {
  const say = sayIn(catalogue, language);
  const none = say('leader.none');
  const concern = figures.concern === null ? none : interval(figures.concern, language);
  const facts = [
    { label: say('leader.engaged'), value: figures.engaged ?? none },
    { label: say('leader.concern'), value: concern },
    { label: say('leader.participation'), value: figures.participation ?? none },
  ];
  const title = say('leader.heading', { unit: figures.unitName });
  const task = prompt.title[language];
  return {
    kind: 'leader-summary',
    language,
    title,
    text: wholeSentences(
      `${title}. ${facts.map(({ label, value }) => `${label}: ${value}`).join('; ')}. ${task}.`,
      300,
    ),
    parts: [
      { type: 'facts', facts },
      ...(figures.standsFor === null
        ? []
        : [
            {
              type: 'context' as const,
              text: say('leader.stands-for', {
                reason: hiddenWords(catalogue, figures.standsFor.reason, language),
                unit: figures.standsFor.unit,
              }),
            },
          ]),
      ...chart(catalogue, language, figures),
      { type: 'paragraph', text: say('leader.task', { title: task }), strong: true },
      { type: 'paragraph', text: prompt.action[language] },
      { type: 'paragraph', text: say('leader.script', { script: prompt.script[language] }) },
      { type: 'context', text: say('leader.sign', { sign: prompt.sign[language] }) },
      ...sourceParts(catalogue, prompt, language),
      {
        type: 'actions',
        actions: [
          {
            id: actionIds.commit,
            label: say('button.commit'),
            value: actionValue(language, prompt.id),
            style: 'primary',
          },
          {
            id: actionIds.done,
            label: say('button.done'),
            value: actionValue(language, prompt.id),
          },
        ],
      },
    ],
  };
};

const chart = (
  catalogue: Catalogue,
  language: Language,
  { trend }: LeaderFigures,
): readonly Part[] => {
  const say = sayIn(catalogue, language);
  const known = trend.series.filter(({ values }) => values.some((value) => value !== null));
  if (known.length === 0) return [];
  const words = known.map(({ name, values }) => {
    const points = values.map(
      (value, index) =>
        `${trend.categories[index] ?? ''} ${value === null ? say('leader.none') : decimal(value, language)}`,
    );
    return `${name}: ${points.join(', ')}`;
  });
  return [
    {
      type: 'chart',
      title: say('leader.chart'),
      categories: trend.categories,
      series: known,
      alternative: words.join('. '),
    },
  ];
};

const decimal = (value: number, language: Language): string =>
  value.toLocaleString(locales[language], {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });

const interval = (
  { mean, low, high }: { mean: number; low: number; high: number },
  language: Language,
): string => `${decimal(mean, language)} (${decimal(low, language)}–${decimal(high, language)})`;
