/** The function app: one door for everything, a tab beside it, one timer, two queues. Each side is opened when first called. */
import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';
import { tickMinutes } from '../../core/schedule.ts';
import { systemClock } from '../app/clock.ts';
import { once } from '../app/once.ts';
import { answerHttp } from './http.ts';

const clock = systemClock(() => new Date());
const http = once(async () => (await import('./open-http.ts')).openHttp(process.env, clock));
const jobs = once(async () => (await import('./open-jobs.ts')).openJobs(process.env, clock));
const tab = once(async () =>
  (await import('./open-tab.ts')).openTabPages(
    process.env,
    clock,
    async () => (await jobs()).context,
  ),
);

/** Answers one request of Slack or Teams. */
const onRequest = async (request: HttpRequest): Promise<HttpResponseInit> =>
  answerHttp(await http(), request);

/** Answers one request of a browser inside Teams. */
const onTab = async (request: HttpRequest): Promise<HttpResponseInit> =>
  answerHttp(await tab(), request);

/** Runs every job that is due; the host runs one at a time. */
const onTimer = async (): Promise<void> => (await jobs()).tick();

/** Takes one wake-up: a run over its lane. */
const onWake = async (entry: unknown): Promise<void> => (await jobs()).wake(entry);

/** Handles one entry of the queue; one that fails comes again until the queue gives it up. */
const onEntry = async (entry: unknown): Promise<void> => (await jobs()).handle(entry);

app.http('http', {
  methods: ['GET', 'POST'],
  authLevel: 'anonymous',
  route: '{*path}',
  handler: onRequest,
});
// Routes with words of their own come before the door's.
app.http('tab', {
  methods: ['GET', 'POST'],
  authLevel: 'anonymous',
  route: 'teams/tab/{*path}',
  handler: onTab,
});
app.http('assets', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'aset/{name}',
  handler: onTab,
});
app.timer('tick', { schedule: `0 */${tickMinutes} * * * *`, handler: onTimer });
app.serviceBusQueue('queue', {
  connection: 'SERVICE_BUS',
  queueName: '%QUEUE_NAME%',
  handler: onEntry,
});
app.serviceBusQueue('wake', {
  connection: 'SERVICE_BUS',
  queueName: '%WAKE_UPS_NAME%',
  handler: onWake,
});
