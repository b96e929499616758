/** Lambda behind the HTTP API. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { systemClock } from '../../app/clock.ts';
import { toRequest, toResult } from './event.ts';
import { openHttp } from './open.ts';

const app = await openHttp(
  process.env,
  systemClock(() => new Date()),
);

/** Answers one request of Slack or Teams. */
export const handler = async (
  event: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> => toResult(await app.fetch(toRequest(event)));
