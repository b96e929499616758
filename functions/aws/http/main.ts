/** Lambda behind the HTTP API. */
import * as z from 'zod';
import { systemClock } from '../../app/clock.ts';
import { openHttp } from './open.ts';

// Compiling a check takes longer than checking a request with it, and a start checks each shape once.
z.config({ jitless: true });

/** Answers one request of Slack or Teams. */
export const handler = await openHttp(
  process.env,
  systemClock(() => new Date()),
);
