/** Lambda behind the HTTP API, beside the database: the personal tab of Teams. */
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { loadConfig } from '../../../core/config.ts';
import { createApp } from '../../app/app.ts';
import { systemClock } from '../../app/clock.ts';
import { jsonLog } from '../../app/log.ts';
import { once } from '../../app/once.ts';
import { openTab } from '../../app/teams/tab.ts';
import type { Context } from '../../jobs/context.ts';
import { withFreshSettings } from '../fresh-settings.ts';
import { toRequest, toResult } from '../http/event.ts';
import { openJobs } from '../jobs.ts';
import { awsSecrets } from '../secrets.ts';
import { withSecrets } from '../settings.ts';

const clock = systemClock(() => new Date());
const client = new SecretsManagerClient({});
const log = jsonLog(clock);
const secrets = awsSecrets(client, '');

/** Answers one request of a browser inside Teams. */
export const handler = await withFreshSettings<
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2
>({
  env: process.env,
  secrets,
  open: async (env) => {
    const opened: Context[] = [];
    const context = once(async () => {
      // Read once more: a store that is away at first may be back under another login.
      const settings = await withSecrets(process.env, secrets);
      const manners = { patience: 10_000, migrates: false } as const;
      const one = await openJobs(settings, { client, clock, ...manners });
      opened.push(one);
      return one;
    });
    const pages = openTab(loadConfig(env), { context, fetch, clock });
    const app = createApp({ slack: null, teams: null, ballots: null, pages, log });
    return {
      handle: async (event) => toResult(await app.fetch(toRequest(event))),
      close: () => Promise.all(opened.map(({ db }) => db.destroy())),
    };
  },
  clock,
  log,
});
