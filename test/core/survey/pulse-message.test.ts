import { describe, expect, it } from 'vitest';
import { parseCatalogue } from '../../../core/content/parse.ts';
import { codePoints } from '../../../core/conversation/clip.ts';
import type { Action, ChatMessage } from '../../../core/conversation/message.ts';
import { languages } from '../../../core/language.ts';
import { newWaveKeys } from '../../../core/survey/ballot/ballot.ts';
import { signTicket } from '../../../core/survey/ballot/ticket.ts';
import {
  pulseClosed,
  pulseForm,
  pulseInvitation,
  pulseReceived,
  pulseReminder,
  type SignedTicket,
} from '../../../core/survey/pulse-message.ts';
import { readContent } from '../../../functions/app/files.ts';

const catalogue = parseCatalogue(await readContent());
const { publicKey } = await newWaveKeys();
const anchors = catalogue.survey.items.filter(({ role }) => role === 'anchor').map(({ id }) => id);
const plan = catalogue.programme.waves[0];
const items = [...anchors, ...(plan?.rotating ?? [])];

const pulseIn = (language: 'id' | 'en'): SignedTicket => {
  const ticket = { wave: 'w1', items, publicKey, closesAt: '2026-11-20T10:00:00.000Z', language };
  return { ticket, signed: signTicket(ticket, 'key') };
};
const actionsOf = ({ parts }: ChatMessage): readonly Action[] =>
  parts.flatMap((part) => (part.type === 'actions' ? part.actions : []));
const wordsOf = (message: ChatMessage): string => JSON.stringify(message.parts);

describe('the pulse form', () => {
  it('asks every item on five labelled points with "not relevant" apart', () => {
    const form = pulseForm(catalogue, pulseIn('id'));
    expect(form.questions.map(({ id }) => id)).toEqual(items);
    for (const { options } of form.questions) {
      expect(options.map(({ value }) => value)).toEqual(['1', '2', '3', '4', '5', 'na']);
      expect(options[4]?.label).toBe('Sangat setuju');
      expect(options[5]?.label).toBe('Tidak tahu / tidak relevan');
    }
  });

  it('tells threshold, use and the limits of confidentiality before the first item', () => {
    const { intro, comment } = pulseForm(catalogue, pulseIn('id'));
    expect(intro).toContain('sedikitnya 5 responden selain pembaca');
    expect(intro).toContain('Tidak dipakai untuk SKP, disiplin, promosi, atau mutasi.');
    expect(intro).toContain('administrator sistem dengan akses penuh secara teknis dapat membuka');
    expect(intro).not.toMatch(/anonim/i);
    expect(comment?.hint).toContain('Bukan saluran pengaduan; gunakan WBS atau SP4N-LAPOR!');
  });

  it('carries its signed ticket, and a title that fits a modal', () => {
    for (const language of languages) {
      const pulse = pulseIn(language);
      const form = pulseForm(catalogue, pulse);
      expect([form.ticket, form.submit.value]).toEqual([pulse.signed, pulse.signed]);
      expect(codePoints(form.title)).toBeLessThanOrEqual(24);
    }
  });

  it('refuses a ticket with an item the survey does not have', () => {
    const { ticket, signed } = pulseIn('id');
    const odd = { signed, ticket: { ...ticket, items: ['reg-9'] } };
    expect(() => pulseForm(catalogue, odd)).toThrow(/reg-9/);
  });
});

describe.each([
  ['invitation', pulseInvitation],
  ['reminder', pulseReminder],
] as const)('the pulse %s', (what, message) => {
  it('says until when in the reader’s language, with the form and a way to skip', () => {
    const pulse = pulseIn('id');
    const said = message(catalogue, pulse);
    expect(said.kind).toBe(`pulse-${what}`);
    expect(wordsOf(said)).toContain('Jumat, 20 November 2026');
    expect(wordsOf(message(catalogue, pulseIn('en')))).toMatch(/Friday,? 20 November 2026/);
    expect(said.form).toEqual(pulseForm(catalogue, pulse));
    expect(actionsOf(said)).toEqual([
      { id: 'pulse.open', label: 'Jawab', value: pulse.signed, style: 'primary' },
      { id: 'pulse.skip', label: 'Lewati periode ini', value: 'id|w1' },
    ]);
    expect(wordsOf(said)).toContain('sedikitnya 5 responden selain pembaca');
  });

  it('is whole as plain text of 20 to 300 code points', () => {
    for (const language of languages) {
      const { text } = message(catalogue, pulseIn(language));
      expect(codePoints(text)).toBeGreaterThanOrEqual(20);
      expect(codePoints(text)).toBeLessThanOrEqual(300);
    }
  });
});

describe('after an answer', () => {
  it('thanks with "diterima", never "tersimpan", and lets the answer be changed', () => {
    const pulse = pulseIn('id');
    const said = pulseReceived(catalogue, pulse);
    expect(wordsOf(said)).toContain('diterima');
    expect(JSON.stringify(said)).not.toContain('tersimpan');
    expect(actionsOf(said)).toEqual([
      { id: 'pulse.open', label: 'Ubah jawaban', value: pulse.signed },
    ]);
  });

  it('refuses a late one kindly in both languages', () => {
    expect(pulseClosed(catalogue, 'id').text).toContain('Terima kasih');
    expect(pulseClosed(catalogue, 'en').text).toContain('Thank you');
  });
});
