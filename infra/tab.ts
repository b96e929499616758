/** The personal tab of Teams: pages for a browser, served beside the database, away from the door. */
import { type HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import type { Database } from './database.ts';
import { placed } from './jobs.ts';
import { nodeFunction } from './node-function.ts';
import type { Settings } from './settings.ts';

type Props = {
  readonly settings: Settings;
  readonly database: Database;
  /** The tab stands under the door's own address. */
  readonly api: HttpApi;
};

/** What it answers: the shell, the reader's own page, and the files both load. */
const routes = {
  '/teams/tab': HttpMethod.GET,
  '/teams/tab/home': HttpMethod.POST,
  '/aset/{name}': HttpMethod.GET,
} as const;

export class Tab extends Construct {
  readonly pages: NodejsFunction;

  constructor(scope: Construct, id: string, { settings, database, api }: Props) {
    super(scope, id);
    const pages = nodeFunction(this, 'Pages', {
      ...placed({ settings, database }),
      entry: 'functions/aws/tab/main.ts',
      description: 'Shows the personal tab to whoever Teams vouches for',
      carries: ['content', 'migrations', 'tab assets'],
      timeout: 15,
      memory: 1024,
      // Each holds few connections: the smallest database carries them beside the jobs.
      runs: 10,
    });
    this.pages = pages;
    settings.doors.grantRead(pages);
    settings.jobs.grantRead(pages);
    database.secret.grantRead(pages);
    // "Data saya" tells whether a sealed ballot of the reader's lies in the open wave.
    settings.grant(pages, 'ballot secrets', 'read');
    const integration = new HttpLambdaIntegration('ToTab', pages);
    for (const [path, method] of Object.entries(routes))
      api.addRoutes({ path, methods: [method], integration });
  }
}
