import { describe, expect, it } from 'vitest';
import { slackMessage } from '../../../../bot/slack/view.ts';
import { previewData } from '../../../../functions/app/pages/preview-data.ts';
import { previewRules } from '../../../../functions/local/preview/rules.ts';
import { sampleKeys } from '../../../../functions/local/sample/agency.ts';
import { sampleAgency } from '../../../../functions/local/story/agency.ts';
import { openHouse } from '../../../support/house.ts';
import { still } from '../../../web/preview/preview-data.ts';

const house = await openHouse({ now: '2026-10-26T02:00:00Z' });
const { catalogue } = house.host.context;

/** Title and buttons of a Slack payload, which is all that a notice has besides words. */
const shape = (payload: unknown) => {
  const { blocks } = payload as { readonly blocks: readonly unknown[] };
  return {
    title: blocks[0],
    buttons: house
      .actor('slack')
      .buttons(payload)
      .map(({ action }) => action),
  };
};

describe('a notice in the preview', () => {
  it.each([
    ['bantuan', 'answer.help'],
    ['apa ini?', 'answer.question'],
    ['kiat', 'answer.no-lesson'],
    ['jeda 7', 'answer.paused-until'],
    ['berhenti', 'answer.stop'],
    ['jeda 3', 'answer.pause-stopped'],
    ['mulai', 'answer.resume'],
    ['jeda 999', 'answer.which-pause'],
    ['frekuensi', 'answer.which-frequency'],
    ['jam 25', 'answer.which-time'],
    ['jam 9 wit', 'answer.other-zone'],
    ['mengapa', 'answer.why'],
    ['frekuensi 3', 'answer.frequency'],
    ['jam 09.00', 'answer.time'],
    ['data saya', 'answer.my-data'],
    ['hak saya', 'privacy'],
    ['hapus', 'answer.withdraw-gone'],
    ['bahasa id', 'answer.language'],
  ])('has the title and the buttons of the answer to %j', async (words, key) => {
    await house.type('slack', sampleKeys.slackStaff, words);
    const answer = house.messagesOf('slack', sampleKeys.slackStaff).at(-1);
    const data = previewData({
      live: still({ catalogue, faults: [] }),
      agency: sampleAgency,
      viewer: { id: 'Penulis', en: 'Author' },
      rules: previewRules,
      sent: async () => [],
      recalled: async () => new Set(),
      atRisk: () => new Map(),
      running: () => catalogue,
    });
    const { kinds, samples } = await data.contents();
    const kind = kinds.find(({ id }) => id === key);
    if (kind === undefined) throw new Error(`no kind ${key}`);
    const [sample] = samples({ kind, lesson: 'l01', prompt: 'p01' });
    if (sample === undefined || 'fault' in sample.made) throw new Error('no sample');
    expect(shape(slackMessage(sample.made.message))).toEqual(shape(answer?.payload));
  });
});
