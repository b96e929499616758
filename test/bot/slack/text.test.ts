import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean, plain } from '../../../bot/slack/text.ts';
import { slackMessage } from '../../../bot/slack/view.ts';
import { codePoints } from '../../../core/conversation/clip.ts';
import { actionIds, type Part } from '../../../core/conversation/message.ts';
import { textOf, withParts } from '../../support/slack/payloads.ts';

describe('text that wants to be more than text', () => {
  const evil =
    '<!channel> <@U123> <https://x.example|klik> `rm` *tebal* _miring_ ~coret~ :smile:\n> kutip \u202Etxt.exe';

  it('cannot mention, link, format or turn round what is read', () => {
    const cleaned = clean(evil, 3000);
    expect(cleaned).not.toMatch(/[<>*`~\u202e]/);
    expect(cleaned).not.toMatch(/&(?!amp;|lt;|gt;)/);
    expect(cleaned).not.toContain(':smile:');
    expect(cleaned).not.toMatch(/^&gt;/m);
    expect(cleaned).not.toMatch(/(^|\s)_|_(\s|$)/);
    expect(cleaned).toContain('&lt;!channel&gt;');
  });

  it('keeps ordinary Indonesian words, file names and times readable', () => {
    expect(clean('Rapat & data_pegawai.xlsx, pukul 09.30', 100)).toBe(
      'Rapat &amp; data_pegawai.xlsx, pukul 09.30',
    );
  });

  it('reaches markup only where something is bold, and is harmless there', () => {
    const parts: Part[] = [
      { type: 'paragraph', text: evil },
      { type: 'paragraph', text: evil, strong: true },
      { type: 'context', text: evil },
      { type: 'facts', facts: [{ label: evil, value: evil }] },
      { type: 'actions', actions: [{ id: actionIds.help, label: evil, value: 'id' }] },
    ];
    const { blocks, text } = slackMessage({ ...withParts(...parts), text: evil, title: evil });
    const objects = JSON.stringify(blocks).match(/\{"type":"(mrkdwn|plain_text)"[^}]*\}/g) ?? [];
    const markup = objects.filter((one) => one.includes('mrkdwn'));
    expect(markup.length).toBeGreaterThan(1);
    for (const one of markup) {
      expect(one).toContain('"verbatim":true');
      expect(one).not.toMatch(/<[!@#h]/);
    }
    for (const one of objects.filter((plainOne) => plainOne.includes('plain_text')))
      expect(one).toContain('"emoji":false');
    expect(text).not.toContain('<');
    expect(JSON.stringify(blocks)).not.toContain('\u202e');
  });

  it('is never longer than its place, and never broken, at any length', () => {
    const cases = fc.tuple(
      fc.string({
        unit: fc.constantFrom('&', '<', 'a', ' ', 'é', '😀', '👩🏽‍💻', '`', '\u202e'),
        maxLength: 400,
      }),
      fc.integer({ min: 1, max: 200 }),
    );
    fc.assert(
      fc.property(cases, ([text, limit]) => {
        for (const fitted of [clean(text, limit), plain(text, limit).text]) {
          expect(codePoints(fitted)).toBeLessThanOrEqual(Math.max(limit, 1));
          expect(codePoints(fitted)).toBeGreaterThan(0);
          expect(fitted).not.toMatch(/\p{Surrogate}/u);
        }
        expect(clean(text, limit)).not.toMatch(/&(?!amp;|lt;|gt;)/);
      }),
      { numRuns: 300 },
    );
  });

  it('counts code points: a header of 150 emoji stays whole, one more is cut between people', () => {
    const whole = slackMessage({ ...withParts(), title: '😀'.repeat(150) }).blocks[0];
    expect(textOf(whole)[0]).toBe('😀'.repeat(150));
    const cut =
      textOf(slackMessage({ ...withParts(), title: '👩🏽‍💻'.repeat(50) }).blocks[0])[0] ?? '';
    expect(codePoints(cut)).toBeLessThanOrEqual(150);
    expect(cut.replaceAll('👩🏽‍💻', '')).toBe('…');
  });
});
