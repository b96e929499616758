import { describe, expect, it } from 'vitest';
import { slackHome } from '../../../../bot/slack/home/home.ts';
import { withSlashCommand } from '../../../../bot/slack/home/words.ts';
import { slackMessage } from '../../../../bot/slack/view.ts';
import { teamsMessage } from '../../../../bot/teams/view.ts';
import { isCommand, readCommand } from '../../../../core/conversation/command.ts';
import { bareHome } from '../../../../core/conversation/home.ts';
import { noticeMessage } from '../../../../core/conversation/notice.ts';
import { languages } from '../../../../core/language.ts';
import { textOf } from '../../../support/slack/payloads.ts';
import { catalogue } from '../../../support/slack/sari.ts';

describe('words to type, told in Slack, where the messages tab may be read-only', () => {
  it.each([
    ['Ketik "mulai" atau tekan "Mulai lagi".', 'Ketik "/langkah mulai" atau tekan "Mulai lagi".'],
    [
      'Press "My data" to see it; type "delete".',
      'Press "My data" to see it; type "/langkah delete".',
    ],
    [
      'Untuk mengubahnya, ketik "frekuensi 1", "frekuensi 3", atau "jam 09.00".',
      'Untuk mengubahnya, ketik "/langkah frekuensi 1", "/langkah frekuensi 3", atau "/langkah jam 09.00".',
    ],
    ['You may type: tip, later, pause 7.', 'You may type /langkah, then: tip, later, pause 7.'],
    ['Anda dapat mengetik: kiat, tunda.', 'Anda dapat mengetik /langkah, lalu: kiat, tunda.'],
    ['Tekan "Jawab" atau ketik "survei".', 'Tekan "Jawab" atau ketik "/langkah survei".'],
    [
      'Press a button, or go by typing "pause" or "stop".',
      'Press a button, or go by typing "/langkah pause" or "/langkah stop".',
    ],
  ])('%s', (text, told) => {
    expect(withSlashCommand(text)).toBe(told);
  });

  it.each([
    'Pesan yang Anda ketik dijawab, tetapi tidak disimpan.',
    'Tekan "Mulai lagi" bila Anda ingin melanjutkan.',
    'Ketik "ringkas laporan ini dalam tiga kalimat" di alat AI Anda.',
    'Berkas "mulai" ada di map itu. Lalu ketik nama Anda.',
  ])('leaves alone what asks for no command of ours: %s', (text) => {
    expect(withSlashCommand(text)).toBe(text);
  });

  it('all name the command, in every message and both languages, and each is understood behind it', () => {
    const commands: string[] = [];
    for (const [key, text] of catalogue.messages)
      for (const language of languages) {
        const told = withSlashCommand(text[language]);
        expect([key, told.match(/\b(?:ketik|type):? "(?!\/langkah )/giu)]).toEqual([key, null]);
        expect([key, told.match(/\b(?:mengetik|type):/giu)]).toEqual([key, null]);
        commands.push(
          ...[...told.matchAll(/"\/langkah ([^"]+)"/gu)].map(([, words = '']) => words),
        );
      }
    expect(commands.length).toBeGreaterThan(20);
    for (const words of commands) {
      const { name } = readCommand(words);
      expect([words, name === 'question']).toEqual([words, false]);
      expect([words, name === 'help']).toEqual([words, /^(bantuan|help)$/u.test(words)]);
    }
  });

  it('leave no command of ours without it, unless it is the label of a button', () => {
    const told = [...catalogue.messages.values()].flatMap((text) =>
      languages.map((language) => withSlashCommand(text[language])),
    );
    const quoted = told.flatMap((text) => [...text.matchAll(/(\S*\s?)"([^"\n]+)"/gu)]);
    const bare = quoted.filter(
      ([, before = '', words = '']) => isCommand(words) && !/^(?:tekan|press) $/iu.test(before),
    );
    expect(bare.map(([said]) => said)).toEqual([]);
  });

  it('stand so in messages and Homes, and as they were in Teams', () => {
    const help = noticeMessage(catalogue, 'id', { key: 'answer.help' });
    const stop = noticeMessage(catalogue, 'id', { key: 'answer.stop' });
    const shown = textOf(slackMessage(help).blocks).join('\n');
    expect(shown).toContain('mengetik /langkah, lalu:');
    expect(textOf(slackHome(bareHome(stop))).join('\n')).toContain('"/langkah mulai"');
    const expired = noticeMessage(catalogue, 'id', { key: 'system.expired' });
    expect(slackMessage(expired).text).toContain('"/langkah bantuan"');
    expect(JSON.stringify(teamsMessage(stop))).not.toContain('/langkah');
  });
});
