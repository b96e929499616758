/** What people build from Bolt's own parts: its HTTP receiver, the same sealing, one insert an answer, then the thanks. */
import { App, HTTPReceiver, LogLevel, type ViewSubmitAction } from '@slack/bolt';
import pg from 'pg';
import { readAnswers } from '../../bot/slack/forms/answers.ts';
import { slackNoticeModal } from '../../bot/slack/view.ts';
import { actionIds } from '../../core/conversation/message.ts';
import { answerOf, sealBallot } from '../../core/survey/ballot/ballot.ts';
import { pulseReceived, type SignedTicket } from '../../core/survey/pulse-message.ts';
import { readCatalogue } from '../../functions/app/files.ts';
import { quietLogger } from '../lost-answers/peers.ts';

type Task = { readonly port: number; readonly url: string };
type Setup = { readonly signingSecret: string; readonly pulse: SignedTicket };

/** Serves on `port` until its process is killed; an answer is committed, its log on the disk, before it is thanked for. */
export const boltPeer = async ({ port, url }: Task, setup: Setup): Promise<void> => {
  const { signingSecret, pulse } = setup;
  const catalogue = await readCatalogue();
  const pool = new pg.Pool({ connectionString: url, max: 8 });
  // The server's end at the bench's own ends no process.
  pool.on('error', () => undefined);
  const receiver = new HTTPReceiver({
    signingSecret,
    logger: quietLogger,
    logLevel: LogLevel.ERROR,
  });
  const app = new App({
    receiver,
    authorize: async () => ({ botId: 'B0000000000' }),
    convoStore: false,
    ignoreSelf: false,
    logger: quietLogger,
  });
  app.view<ViewSubmitAction>(actionIds.submitPulse, async ({ ack, body, view }) => {
    const sealed = await seal(pulse, view.state.values);
    await pool.query({
      name: 'cast',
      text: `INSERT INTO answers (person, at, sealed) VALUES ($1, now(), $2)
        ON CONFLICT (person) DO UPDATE SET at = excluded.at, sealed = excluded.sealed
        WHERE answers.at <= excluded.at`,
      values: [body.user.id, sealed],
    });
    const thanks = pulseReceived(catalogue, pulse);
    await ack({ response_action: 'update', view: slackNoticeModal(thanks, 'Tutup') });
  });
  await app.start(port);
};

const seal = ({ ticket: { wave, items, publicKey } }: SignedTicket, values: unknown) => {
  const { answers: choices, comment } = readAnswers(values);
  const answers = Object.fromEntries(
    items.flatMap((item) => {
      const answer = answerOf(choices[item] ?? '');
      return answer === undefined ? [] : [[item, answer] as const];
    }),
  );
  return sealBallot(publicKey, { wave, items, answers, comment });
};
