/** Between API Gateway's events (payload format 2.0) and the web's own Request and Response. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** The request as it was sent: the body's bytes unchanged, for a signature is over bytes. */
export const toRequest = (event: APIGatewayProxyEventV2): Request => {
  const { method } = event.requestContext.http;
  const query = event.rawQueryString === '' ? '' : `?${event.rawQueryString}`;
  const headers = new Headers();
  for (const [name, value] of Object.entries(event.headers))
    if (value !== undefined) headers.set(name, value);
  if (event.cookies !== undefined) headers.set('cookie', event.cookies.join('; '));
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  const bare = method === 'GET' || method === 'HEAD';
  return new Request(`https://${event.requestContext.domainName}${event.rawPath}${query}`, {
    method,
    headers,
    ...(bare ? {} : { body: bytes }),
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
