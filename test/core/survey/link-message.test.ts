import { describe, expect, it } from 'vitest';
import { slackMessage } from '../../../bot/slack/view.ts';
import { teamsMessage } from '../../../bot/teams/view.ts';
import { codePoints } from '../../../core/conversation/clip.ts';
import type { ChatMessage } from '../../../core/conversation/message.ts';
import { languages } from '../../../core/language.ts';
import { newWaveKeys } from '../../../core/survey/ballot/ballot.ts';
import { linkLimit, sealVoter, signLink } from '../../../core/survey/ballot/link.ts';
import { formItems } from '../../../core/survey/form.ts';
import {
  freshLink,
  linkInvitation,
  linkReminder,
  linkUsed,
} from '../../../core/survey/link-message.ts';
import { pulseForm } from '../../../core/survey/pulse-message.ts';
import { readCatalogue } from '../../../functions/app/files.ts';
import { checkPayload } from '../../../functions/local/chat/payload-rules.ts';

const catalogue = await readCatalogue();
const { publicKey, secret } = await newWaveKeys();
const items = formItems(catalogue.survey.items, catalogue.programme.waves[0]?.rotating ?? []);

const linkedIn = (language: 'id' | 'en') => {
  const closesAt = '2026-11-20T10:00:00.000Z';
  const ticket = { wave: 'w1', items, publicKey, closesAt, language };
  const token = signLink({ ticket, voter: sealVoter(secret, 'w1', 7) }, 'key');
  return { ticket, url: `https://survei.kementerian.example/suara/${token}` };
};
const wordsOf = ({ parts }: ChatMessage): string => JSON.stringify(parts);
const made = languages.flatMap((language) => [
  linkInvitation(catalogue, linkedIn(language)),
  linkReminder(catalogue, linkedIn(language)),
  freshLink(catalogue, linkedIn(language)),
  linkUsed(catalogue, { language, wave: 'w1' }),
]);

describe('the pulse on a page of the agency’s own, as chat tells of it', () => {
  it.each([linkInvitation, linkReminder])(
    'carries a link and no form, and says what that means',
    (words) => {
      const linked = linkedIn('id');
      const message = words(catalogue, linked);
      expect(message.form).toBeUndefined();
      expect(message.parts).toContainEqual({
        type: 'link',
        label: 'Buka formulir',
        url: linked.url,
      });
      expect(wordsOf(message)).toContain('jawaban tidak melewati aplikasi obrolan');
      expect(wordsOf(message)).toContain('administrator sistem dengan akses penuh secara teknis');
      expect(wordsOf(message)).toContain('hanya untuk satu kali kirim');
      expect(wordsOf(message)).toContain('sedikitnya 5 responden selain pembaca');
      expect(wordsOf(message)).not.toMatch(/penyedianya ikut memproses|anonim/i);
      const actions = message.parts.flatMap((part) =>
        part.type === 'actions' ? part.actions : [],
      );
      expect(actions.map(({ id }) => id)).toEqual(['pulse.link', 'pulse.skip']);
    },
  );

  it('keeps the rules of both platforms, a link of any length we sign included', () => {
    for (const message of made) {
      expect(checkPayload('slack', slackMessage(message)).failed).toEqual([]);
      expect(checkPayload('teams', teamsMessage(message)).failed).toEqual([]);
      expect(codePoints(message.text)).toBeLessThanOrEqual(300);
      expect(codePoints(message.text)).toBeGreaterThanOrEqual(20);
    }
    const longest = { ...linkedIn('id'), url: `https://a.example/suara/${'x'.repeat(linkLimit)}` };
    const message = linkInvitation(catalogue, longest);
    expect(checkPayload('slack', slackMessage(message)).failed).toEqual([]);
    expect(checkPayload('teams', teamsMessage(message)).failed).toEqual([]);
  });

  it('is a button on both platforms that opens the browser and tells us nothing of it', () => {
    const linked = linkedIn('en');
    const message = linkInvitation(catalogue, linked);
    const slack = JSON.stringify(slackMessage(message).blocks);
    expect(slack).toContain(
      `"action_id":"open-page","text":{"type":"plain_text","text":"Open the form"`,
    );
    expect(slack).toContain(`"url":"${linked.url}"`);
    expect(JSON.stringify(teamsMessage(message))).toContain(
      `{"type":"Action.OpenUrl","title":"Open the form","url":"${linked.url}"}`,
    );
  });

  it('says something else in the form of each mode, before the first item', () => {
    const pulse = { signed: 'tiket', ticket: linkedIn('id').ticket };
    expect(pulseForm(catalogue, pulse, 'chat').intro).toContain('penyedianya ikut memproses');
    expect(pulseForm(catalogue, pulse, 'web').intro).toContain('tidak melewati aplikasi obrolan');
    expect(pulseForm(catalogue, pulse, 'web').intro).not.toContain('ikut memproses');
  });
});
