/** The sample's people at the ballot page: they follow the link of a message, and send the form as a browser does. */
import { Hono } from 'hono';
import { ballotPath } from '../../../core/survey/form.ts';
import type { FormAnswers } from '../chat/actor.ts';
import { sampleBallotPage } from './agency.ts';

const link = new RegExp(`${sampleBallotPage}${ballotPath}/([\\w.-]+)`);

/** The token of the link that a message carries, or null. */
export const linkIn = (payload: unknown): string | null =>
  link.exec(JSON.stringify(payload))?.[1] ?? null;

/** Sends the form behind a link. */
export const sendBallot = async (
  ballots: Hono,
  token: string,
  answers: FormAnswers,
): Promise<Response> =>
  ballots.request(`${sampleBallotPage}${ballotPath}/${token}`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams(answers),
  });

/** The ballot pages beside the studio: what is sent there is handled `meanwhile`, as every act in the studio is. */
export const studioBallots = (
  ballots: Hono,
  meanwhile: (act: () => Promise<Response>) => Promise<Response>,
): Hono => {
  const app = new Hono();
  app.all(`${ballotPath}/*`, (c) => {
    const answer = async (): Promise<Response> => ballots.fetch(c.req.raw);
    return c.req.method === 'POST' ? meanwhile(answer) : answer();
  });
  return app;
};
