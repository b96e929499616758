/** A deployed ballot page as a browser meets it: a personal link of an open wave, and its form filled in. */
import { newWaveKeys, openBallot } from '../../core/survey/ballot/ballot.ts';
import { sealVoter, signLink } from '../../core/survey/ballot/link.ts';
import { doorSettings } from './one-person.ts';

/** Settings of a door whose agency has its people answer on a page of its own. */
export const pageSettings = {
  BALLOT: 'web',
  BALLOT_PAGE: 'https://survei.kementerian.example/',
  AGENCY_NAME: 'Kementerian Contoh',
} as const;

const items = ['reg-a', 'dat-a', 'ppl-a', 'inf-a', 'cul-a'];

/** A link, how to send its form, and how the close would open a box that came of it. */
export const newLink = async () => {
  const { publicKey, privateKey, secret } = await newWaveKeys();
  const closesAt = '2099-01-01T00:00:00.000Z';
  const ticket = { wave: 'w1', items, publicKey, closesAt, language: 'id' as const };
  const voter = sealVoter(secret, 'w1', 1);
  const token = signLink({ ticket, voter }, doorSettings.TICKET_KEY);
  const address = `https://survei.kementerian.example/suara/${token}`;
  return {
    token,
    look: () => new Request(address),
    send: () =>
      new Request(`${address}?bahasa=id`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ 'reg-a': '4', comment: 'burung kenari é 😀' }).toString(),
      }),
    open: (sealed: string) => openBallot(privateKey, sealed, { wave: 'w1', items }),
  };
};
