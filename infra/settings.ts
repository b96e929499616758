/** Settings and secrets: what the door may know, what only the jobs may know, and what the bot makes at run time. */
import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

/** Kinds of secrets made at run time, by the end of their names. */
const madeAtRunTime = {
  'slack tokens': 'slack-token-*',
  'ballot secrets': 'wave-*-secret-??????',
  'wave keys': 'wave-*',
} as const;

/** What may be done with them; `keep` includes making and deleting. */
const rights = {
  read: ['GetSecretValue'],
  keep: ['GetSecretValue', 'CreateSecret', 'PutSecretValue', 'DeleteSecret'],
} as const;

export class Settings extends Construct {
  /** Read by all functions: how a request is verified and a form signed. */
  readonly doors: ISecret;
  /** Read by the jobs only. */
  readonly jobs: ISecret;
  /** Path under which secrets made at run time live. */
  readonly prefix: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = Stack.of(this).stackName;
    this.prefix = `${stack}/run/`;
    // Empty values are filled in by the operator; an empty one counts as missing.
    this.doors = this.secret('Doors', {
      name: `${stack}/doors`,
      made: 'TICKET_KEY',
      asked: [
        'SLACK_SIGNING_SECRET',
        'SLACK_CLIENT_ID',
        'SLACK_CLIENT_SECRET',
        'SLACK_WORKSPACES',
        'SLACK_INSTALLATION_KEY',
        'SLACK_SCOPES',
        'TEAMS_APP_ID',
        'TEAMS_TENANTS',
        'TEAMS_CLOUD',
        'TEAMS_TAB_HOST',
        'BALLOT',
        'BALLOT_PAGE',
        'AGENCY_NAME',
      ],
    });
    this.jobs = this.secret('Jobs', {
      name: `${stack}/jobs`,
      made: 'ROSTER_KEY',
      asked: ['AGENCY_LETTER', 'AGENCY_CONTACT', 'TEAMS_APP_PASSWORD', 'TEAMS_CATALOG_APPS'],
    });
  }

  /** Lets `to` use secrets made at run time, of one kind and no other. */
  grant(to: IFunction, what: keyof typeof madeAtRunTime, right: keyof typeof rights): void {
    const name = `${this.prefix}${madeAtRunTime[what]}`;
    to.addToRolePolicy(
      new PolicyStatement({
        actions: rights[right].map((action) => `secretsmanager:${action}`),
        resources: [
          Stack.of(this).formatArn({
            service: 'secretsmanager',
            resource: 'secret',
            resourceName: name,
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
        ],
      }),
    );
  }

  private secret(
    id: string,
    of: { readonly name: string; readonly made: string; readonly asked: readonly string[] },
  ): ISecret {
    return new Secret(this, id, {
      secretName: of.name,
      generateSecretString: {
        secretStringTemplate: JSON.stringify(
          Object.fromEntries(of.asked.map((name) => [name, ''])),
        ),
        generateStringKey: of.made,
        passwordLength: 64,
        excludePunctuation: true,
      },
      // A new roster key would give everybody a new pseudonym: the secret outlives the stack.
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
