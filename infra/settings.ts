/** Settings and secrets: what the door may know, what only the jobs may know, and what the bot makes at run time. */
import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

/**
 * Kinds of secrets made at run time, by the end of their names. An address ends with a hyphen and six characters of
 * Amazon's (docs.aws.amazon.com/secretsmanager/latest/userguide/reference_iam-permissions.html). A secret that is gone has
 * none of them, so IAM is asked about its bare name: without the bare form its reader would be denied, and would never
 * learn that the wave is erased.
 */
const madeAtRunTime = {
  'slack tokens': ['slack-token-*'],
  /** Whose ballot is whose; the private key, which opens them, has another name and is no part of this. */
  'ballot secrets': ['wave-*-secret', 'wave-*-secret-??????'],
  'wave keys': ['wave-*'],
} as const;

/** What may be done with them; `keep` includes making and deleting. */
const rights = {
  read: ['GetSecretValue'],
  keep: ['GetSecretValue', 'CreateSecret', 'PutSecretValue', 'DeleteSecret'],
} as const;

/**
 * What the secrets of the settings are made with, for good: CloudFormation makes a new version, with another key and every
 * value empty, as soon as one letter of it changes (docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html,
 * GenerateSecretString). So a later setting gets no place here: its name is put into the secret by hand, with its value.
 */
const madeWith = {
  doors: {
    key: 'TICKET_KEY',
    empty:
      '{"SLACK_SIGNING_SECRET":"","SLACK_CLIENT_ID":"","SLACK_CLIENT_SECRET":"","SLACK_WORKSPACES":"","SLACK_INSTALLATION_KEY":"","SLACK_SCOPES":"","TEAMS_APP_ID":"","TEAMS_TENANTS":"","TEAMS_CLOUD":"","TEAMS_TAB_HOST":"","BALLOT":"","BALLOT_PAGE":"","AGENCY_NAME":""}',
  },
  jobs: {
    key: 'ROSTER_KEY',
    empty:
      '{"AGENCY_LETTER":"","AGENCY_CONTACT":"","TEAMS_APP_PASSWORD":"","TEAMS_CATALOG_APPS":""}',
  },
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
    this.prefix = `${Stack.of(this).stackName}/run/`;
    // Empty values are filled in by the operator; an empty one counts as missing.
    this.doors = this.secret('Doors', 'doors');
    this.jobs = this.secret('Jobs', 'jobs');
  }

  /** Lets `to` use secrets made at run time, of one kind and no other. */
  grant(to: IFunction, what: keyof typeof madeAtRunTime, right: keyof typeof rights): void {
    to.addToRolePolicy(
      new PolicyStatement({
        actions: rights[right].map((action) => `secretsmanager:${action}`),
        resources: madeAtRunTime[what].map((name) =>
          Stack.of(this).formatArn({
            service: 'secretsmanager',
            resource: 'secret',
            resourceName: `${this.prefix}${name}`,
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
        ),
      }),
    );
  }

  private secret(id: string, name: keyof typeof madeWith): ISecret {
    const { key, empty } = madeWith[name];
    return new Secret(this, id, {
      secretName: `${Stack.of(this).stackName}/${name}`,
      generateSecretString: {
        secretStringTemplate: empty,
        generateStringKey: key,
        passwordLength: 64,
        excludePunctuation: true,
      },
      // A new roster key would give everybody a new pseudonym: the secret outlives the stack, but not a first deployment
      // that failed, whose next try would find its name taken.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
  }
}
