/** What Lambda receives: requests as API Gateway hands them over, and SQS batches. */
import type { APIGatewayProxyEventV2, SQSEvent, SQSRecord } from 'aws-lambda';

/** The request as an HTTP API sends it; `base64` is how it sends bodies it takes for binary. */
export const gatewayEvent = async (
  request: Request,
  how: { readonly base64: boolean; readonly contentType?: string },
): Promise<APIGatewayProxyEventV2> => {
  const { pathname, search } = new URL(request.url);
  const bytes = Buffer.from(await request.arrayBuffer());
  const headers = Object.fromEntries(request.headers);
  if (how.contentType !== undefined) headers['content-type'] = how.contentType;
  return {
    version: '2.0',
    routeKey: `${request.method} ${pathname}`,
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers,
    requestContext: {
      accountId: '000000000000',
      apiId: 'api',
      domainName: 'api.contoh.example',
      domainPrefix: 'api',
      http: {
        method: request.method,
        path: pathname,
        protocol: 'HTTP/1.1',
        sourceIp: '192.0.2.1',
        userAgent: 'Slackbot 1.0',
      },
      requestId: 'request',
      routeKey: `${request.method} ${pathname}`,
      stage: '$default',
      time: '19/Oct/2026:01:30:00 +0000',
      timeEpoch: 0,
    },
    body: bytes.toString(how.base64 ? 'base64' : 'utf8'),
    isBase64Encoded: how.base64,
  };
};

/** A batch of these bodies; a record's id is `record-` and its place. */
export const sqsEvent = (...bodies: readonly string[]): SQSEvent => ({
  Records: bodies.map(
    (body, place): SQSRecord => ({
      messageId: `record-${place}`,
      receiptHandle: 'handle',
      body,
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: '0',
        SenderId: 'sender',
        ApproximateFirstReceiveTimestamp: '0',
      },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:ap-southeast-3:000000000000:inbox',
      awsRegion: 'ap-southeast-3',
    }),
  ),
});
