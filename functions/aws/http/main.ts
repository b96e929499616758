/** Lambda behind the HTTP API. */
import { systemClock } from '../../app/clock.ts';
import { openHttp } from './open.ts';

/** Answers one request of Slack or Teams. */
export const handler = await openHttp(
  process.env,
  systemClock(() => new Date()),
);
