import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePoints, wholeSentences } from '../../../core/conversation/clip.ts';
import type { ChatMessage } from '../../../core/conversation/message.ts';
import { languages } from '../../../core/language.ts';
import { correctionMessage } from '../../../core/learning/correction-message.ts';
import { lessonMessage } from '../../../core/learning/lesson-message.ts';
import { freshLink, linkInvitation, linkReminder } from '../../../core/survey/link-message.ts';
import { pulseInvitation, pulseReminder } from '../../../core/survey/pulse-message.ts';
import { everyMessage, newTicket, shippedCatalogue } from '../../support/teams/messages.ts';

const catalogue = await shippedCatalogue();

describe('what a notification says', () => {
  it.each(languages)('no notification ends within a sentence (%s)', async (language) => {
    // The longest name of a day and month in both languages.
    const pulse = await newTicket(catalogue, { language, closesAt: '2026-09-30T08:30:00.000Z' });
    const linked = { ticket: pulse.ticket, url: 'https://contoh.example/suara/x' };
    const messages: readonly ChatMessage[] = [
      ...(await everyMessage(catalogue, language)),
      ...[...catalogue.lessons.values()].map((one) => lessonMessage(catalogue, one, language)),
      ...[...catalogue.lessons.values(), ...catalogue.prompts.values()].map((one) =>
        correctionMessage(catalogue, one, language),
      ),
      ...[linkInvitation, linkReminder, freshLink].map((make) => make(catalogue, linked)),
    ];
    for (const { kind, text } of messages) expect([kind, text]).toEqual([kind, whole]);
  });

  it('puts no point after a title that asks', () => {
    const asks = [...catalogue.lessons.values()].filter(({ title }) => title.id.endsWith('?'));
    expect(asks).not.toEqual([]);
    for (const lesson of asks)
      for (const language of languages)
        for (const { text } of [
          lessonMessage(catalogue, lesson, language),
          correctionMessage(catalogue, lesson, language),
        ])
          expect(text).not.toMatch(/[?!…]["”]?\./u);
  });

  it('of a survey and its reminder says until when, in the first sentences', async () => {
    for (const language of languages) {
      const pulse = await newTicket(catalogue, { language, closesAt: '2026-09-30T08:30:00.000Z' });
      for (const make of [pulseInvitation, pulseReminder])
        expect(make(catalogue, pulse).text).toContain('30 September 2026.');
    }
  });
});

const whole = expect.stringMatching(/[.!?]["”]?$/u);

describe('the sentences that a limit has room for', () => {
  it('are the first ones, each whole, and never longer than the limit', () => {
    const sentence = fc.stringMatching(/^[a-z]( ?[a-z]){0,14}[.!?]$/u);
    fc.assert(
      fc.property(
        fc.array(sentence, { minLength: 1 }),
        fc.integer({ min: 40, max: 120 }),
        (all, limit) => {
          const told = wholeSentences(all.join(' '), limit);
          expect(codePoints(told)).toBeLessThanOrEqual(limit);
          expect(all.join(' ').startsWith(told)).toBe(true);
          expect(told).toMatch(/[.!?]$/u);
        },
      ),
    );
  });

  it('are cut where the first alone is too long', () => {
    expect(wholeSentences(`${'kata '.repeat(20)}habis. Lagi.`, 20)).toMatch(/^kata .*…$/u);
  });
});
