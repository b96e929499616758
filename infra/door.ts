/** The public side: an HTTP API with the two addresses that Slack and Teams call. */
import { HttpApi, HttpMethod, HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import type { Inbox } from './inbox.ts';
import { nodeFunction } from './node-function.ts';
import type { Settings } from './settings.ts';

type Props = { readonly settings: Settings; readonly inbox: Inbox };

/** Requests a second, and a burst above it, that the API lets through; the rest get 429 and are sent again. */
const throttle = { rateLimit: 500, burstLimit: 1000 } as const;

/** Pages for a browser: where an administrator installs the app. */
const pages = ['/slack/install', '/slack/oauth_redirect'] as const;

export class Door extends Construct {
  /** Output names and the paths they stand for. */
  readonly addresses = {
    SlackRequestUrl: '/slack/events',
    TeamsMessagesUrl: '/teams/messages',
  } as const;
  readonly url: string;
  readonly api: HttpApi;
  readonly http: NodejsFunction;

  constructor(scope: Construct, id: string, { settings, inbox }: Props) {
    super(scope, id);
    // Outside the network: it verifies, queues and answers within three seconds, and needs no SQL.
    const http = nodeFunction(this, 'Http', {
      entry: 'functions/aws/http/main.ts',
      description: 'Verifies what Slack and Teams send, queues it and answers',
      carries: ['catalogue'],
      quick: true,
      timeout: 10,
      memory: 1024,
      environment: {
        QUEUE_URL: inbox.queue.queueUrl,
        SETTINGS_SECRETS: settings.doors.secretName,
        RUN_SECRETS_PREFIX: settings.prefix,
      },
    });
    this.http = http;
    inbox.queue.grantSendMessages(http);
    settings.doors.grantRead(http);
    settings.grant(http, 'slack tokens', 'read');

    const api = new HttpApi(this, 'Api', { createDefaultStage: false });
    this.api = api;
    const integration = new HttpLambdaIntegration('ToHttp', http);
    for (const path of Object.values(this.addresses))
      api.addRoutes({ path, methods: [HttpMethod.POST], integration });
    for (const path of pages) api.addRoutes({ path, methods: [HttpMethod.GET], integration });
    // The agency's own ballot pages: a form behind a personal link, and the thanks after it.
    api.addRoutes({
      path: '/suara/{page}',
      methods: [HttpMethod.GET, HttpMethod.POST],
      integration,
    });
    api.addRoutes({ path: '/sehat', methods: [HttpMethod.GET], integration });
    const stage = new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle,
    });
    this.url = stage.url.replace(/\/$/, '');
  }
}
