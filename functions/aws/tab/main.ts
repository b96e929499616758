/** Lambda behind the HTTP API, beside the database: the personal tab of Teams. */
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { loadConfig } from '../../../core/config.ts';
import { createApp } from '../../app/app.ts';
import { systemClock } from '../../app/clock.ts';
import { jsonLog } from '../../app/log.ts';
import { once } from '../../app/once.ts';
import { openTab } from '../../app/teams/tab.ts';
import { toRequest, toResult } from '../http/event.ts';
import { openJobs } from '../jobs.ts';
import { awsSecrets } from '../secrets.ts';
import { withSecrets } from '../settings.ts';

const clock = systemClock(() => new Date());
const secrets = awsSecrets(new SecretsManagerClient({}), '');
const pages = openTab(loadConfig(await withSecrets(process.env, secrets)), {
  context: once(() => openJobs(process.env, clock)),
  fetch,
  clock,
});
const app = createApp({ slack: null, teams: null, ballots: null, pages, log: jsonLog(clock) });

/** Answers one request of a browser inside Teams. */
export const handler = async (
  event: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> => toResult(await app.fetch(toRequest(event)));
