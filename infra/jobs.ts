/** The side that has the database: one tick a minute, and one function behind each queue. */
import { Duration } from 'aws-cdk-lib';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import { tickMinutes } from '../core/schedule.ts';
import type { Database } from './database.ts';
import { batchSeconds, type Inbox } from './inbox.ts';
import { nodeFunction } from './node-function.ts';
import type { Settings } from './settings.ts';
import { WakeUps, wakeSeconds } from './wake-ups.ts';

type Props = {
  readonly settings: Settings;
  readonly database: Database;
  readonly inbox: Inbox;
};

export class Jobs extends Construct {
  readonly functions: {
    readonly lanes: NodejsFunction;
    readonly tick: NodejsFunction;
    readonly converse: NodejsFunction;
  };

  constructor(scope: Construct, id: string, props: Props) {
    super(scope, id);
    const wakeUps = new WakeUps(this, 'WakeUps');
    this.functions = {
      tick: this.tick(props, wakeUps),
      lanes: this.wake(props, wakeUps),
      converse: this.converse(props),
    };
  }

  private tick(props: Props, wakeUps: WakeUps): NodejsFunction {
    const { network, environment } = placed(props);
    const { queue, deadLetters } = props.inbox;
    const tick = nodeFunction(this, 'Tick', {
      network,
      environment: {
        ...environment,
        QUEUE_URL: queue.queueUrl,
        DEAD_LETTERS_URL: deadLetters.queueUrl,
        WAKE_UPS_URL: wakeUps.queue.queueUrl,
      },
      entry: 'functions/aws/tick/main.ts',
      description: 'Plans, wakes lanes, opens and closes waves',
      carries: ['content', 'migrations', 'solver'],
      // As long as a run may be: the close of 200,000 ballots takes minutes (npm run bench -- close).
      timeout: 900,
      memory: 1024,
      // A wave is launched, closed and erased by one tick at a time.
      runs: 1,
    });
    // A tick that could not run is not made up for: the next one does its work a minute later.
    tick.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.seconds(60) });
    allow(tick, props);
    props.settings.grant(tick, 'wave keys', 'keep');
    // A wave is not counted while a ballot may wait in either.
    for (const waiting of [queue, deadLetters]) waiting.grant(tick, 'sqs:GetQueueAttributes');
    wakeUps.queue.grant(tick, 'sqs:SendMessage');
    new Schedule(this, 'EveryMinute', {
      schedule: ScheduleExpression.rate(Duration.minutes(tickMinutes)),
      target: new LambdaInvoke(tick, { retryAttempts: 0, maxEventAge: Duration.seconds(60) }),
    });
    return tick;
  }

  private wake(props: Props, { queue }: WakeUps): NodejsFunction {
    const { network, environment } = placed(props);
    const wake = nodeFunction(this, 'Wake', {
      network,
      environment: { ...environment, WAKE_UPS_URL: queue.queueUrl },
      entry: 'functions/aws/wake/main.ts',
      description: 'Sends on one lane',
      carries: ['content', 'migrations'],
      timeout: wakeSeconds,
      memory: 1024,
    });
    allow(wake, props);
    // An invitation's link names its person sealed with the wave's secret, and a reminder goes to who has no ballot yet.
    props.settings.grant(wake, 'ballot secrets', 'read');
    queue.grant(wake, 'sqs:SendMessage');
    // Ten lanes side by side; two that run one lane are kept apart by its lease.
    wake.addEventSource(new SqsEventSource(queue, { batchSize: 1, maxConcurrency: 10 }));
    return wake;
  }

  private converse(props: Props): NodejsFunction {
    const converse = nodeFunction(this, 'Converse', {
      ...placed(props),
      entry: 'functions/aws/queue/main.ts',
      description: 'Handles what the door has queued',
      carries: ['content', 'migrations'],
      timeout: batchSeconds,
      memory: 1024,
    });
    allow(converse, props);
    props.settings.grant(converse, 'ballot secrets', 'read');
    converse.addEventSource(
      // At most ten runs at once, each with few connections: the smallest database carries them.
      new SqsEventSource(props.inbox.queue, {
        batchSize: 10,
        maxConcurrency: 10,
        reportBatchItemFailures: true,
      }),
    );
    return converse;
  }
}

/** Beside the database, with what a function there needs to know. */
export const placed = ({ settings, database }: Pick<Props, 'settings' | 'database'>) => ({
  network: {
    vpc: database.vpc,
    vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
    securityGroups: [database.clients],
  },
  environment: {
    SETTINGS_SECRETS: `${settings.doors.secretName},${settings.jobs.secretName}`,
    DATABASE_SECRET: database.secret.secretArn,
    RUN_SECRETS_PREFIX: settings.prefix,
    // Connections are encrypted and the server proves itself by Amazon's authority, which Node leaves out by default.
    PGSSLMODE: 'verify-full',
    NODE_EXTRA_CA_CERTS: '/var/runtime/ca-cert.pem',
  },
});

const allow = (job: IFunction, { settings, database }: Props): void => {
  settings.doors.grantRead(job);
  settings.jobs.grantRead(job);
  database.secret.grantRead(job);
  settings.grant(job, 'slack tokens', 'keep');
};
