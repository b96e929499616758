/** The plain pieces of a card; whatever text they hold is shown, never obeyed. */
import type { IAdaptiveCard, IFactSet, ITextBlock } from '@microsoft/teams.cards';
import { escapeMarkdown } from '../text.ts';

export type Element = IAdaptiveCard['body'][number];

export const heading = (text: string): ITextBlock =>
  textBlock(text, { style: 'heading', size: 'Large', weight: 'Bolder' });

export const textBlock = (
  text: string,
  look: Omit<Partial<ITextBlock>, 'type' | 'text'>,
): ITextBlock => ({
  type: 'TextBlock',
  text: escapeMarkdown(text),
  wrap: true,
  ...look,
});

export const factSet = (facts: readonly (readonly [string, string])[]): IFactSet => ({
  type: 'FactSet',
  facts: facts.map(([title, value]) => ({
    title: escapeMarkdown(title),
    value: escapeMarkdown(value),
  })),
});
