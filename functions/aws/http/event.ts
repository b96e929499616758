/** Between API Gateway's events (payload format 2.0), what the Slack door takes, and the web's own Request and Response. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { SlackReply, SlackRequest } from '../../../bot/slack/door.ts';
import { doorBytes, slackPath } from '../../app/paths.ts';

/** What Slack posts to its door. */
export const isSlack = ({ rawPath, requestContext }: APIGatewayProxyEventV2): boolean =>
  rawPath === slackPath && requestContext.http.method === 'POST';

/** A body that no door takes, by its length alone. */
export const isTooLong = ({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): boolean =>
  Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8') > doorBytes;

/** The request as it was sent; API Gateway writes the names of headers in small letters. */
export const slackRequest = (event: APIGatewayProxyEventV2): SlackRequest => ({
  headers: { get: (name) => event.headers[name.toLowerCase()] ?? null },
  body: bytesOf(event),
});

/** The Slack door's reply as API Gateway wants it. */
export const replyResult = ({ status, json }: SlackReply): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: json === null ? {} : { 'content-type': 'application/json' },
  body: json === null ? '' : JSON.stringify(json),
});

const bytesOf = ({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): Buffer<ArrayBuffer> =>
  Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');

/** The request as it was sent: the body's bytes unchanged, for a signature is over bytes. */
export const toRequest = (event: APIGatewayProxyEventV2): Request => {
  const { method } = event.requestContext.http;
  const query = event.rawQueryString === '' ? '' : `?${event.rawQueryString}`;
  const headers = new Headers();
  for (const [name, value] of Object.entries(event.headers))
    if (value !== undefined) headers.set(name, value);
  if (event.cookies !== undefined) headers.set('cookie', event.cookies.join('; '));
  const bare = method === 'GET' || method === 'HEAD';
  return new Request(`https://${event.requestContext.domainName}${event.rawPath}${query}`, {
    method,
    headers,
    ...(bare ? {} : { body: bytesOf(event) }),
  });
};

/** The answer as API Gateway wants it; bytes travel as base64, whatever they are. */
export const toResult = async (response: Response): Promise<APIGatewayProxyStructuredResultV2> => {
  const headers = Object.fromEntries(response.headers);
  delete headers['set-cookie'];
  return {
    statusCode: response.status,
    headers,
    cookies: response.headers.getSetCookie(),
    body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    isBase64Encoded: true,
  };
};
