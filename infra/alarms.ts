/** What wakes somebody up; whoever is to be woken subscribes to the topic. */
import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import {
  FilterPattern,
  type IFilterPattern,
  type ILogGroup,
  type JsonPattern,
  MetricFilter,
} from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Inbox } from './inbox.ts';

/** Where the functions that have the database write what happens. */
type Logs = {
  /** Runs over lanes. */
  readonly lanes: ILogGroup;
  readonly tick: ILogGroup;
  /** What the door has queued. */
  readonly converse: ILogGroup;
};

type Props = { readonly inbox: Inbox; readonly logs: Logs };

type Wake = {
  readonly alarmDescription: string;
  readonly metric: IMetric;
  /** Of this many minutes in a row, in so many something must be amiss before it is told. @default the first one tells */
  readonly minutes?: { readonly evaluationPeriods: number; readonly datapointsToAlarm: number };
  /** That nothing is heard is amiss. @default false: something is heard that should not be */
  readonly silence?: boolean;
};

export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { inbox, logs }: Props) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { enforceSSL: true });
    this.alarm('DeadLetters', {
      alarmDescription:
        'Severity: high. An answer or a press could not be handled after five tries. docs/runbook.md#dead-letters',
      metric: inbox.deadLetters.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
    });
    this.installations(logs);
    this.jobs(logs);
  }

  /** What stops a whole workspace. */
  private installations({ lanes, tick, converse }: Logs): void {
    this.alarm('LanePaused', {
      alarmDescription:
        'Severity: high. Nothing goes to a workspace or tenant: its token or a scope is gone. docs/runbook.md#a-lane-is-paused',
      metric: this.lines('LanePaused', said('lane.paused'), {
        Lanes: lanes,
        Tick: tick,
        Converse: converse,
      }),
    });
    this.alarm('LaneHeld', {
      alarmDescription:
        'Severity: medium. A chat told us to be silent for a quarter of an hour or more. docs/runbook.md#a-lane-is-paused',
      metric: this.lines(
        'LaneHeld',
        FilterPattern.all(
          said('lane.held'),
          FilterPattern.numberValue('$.seconds', '>=', longSilence.toSeconds()),
        ),
        { Lanes: lanes },
      ),
    });
    this.alarm('InstallationLost', {
      alarmDescription:
        'Severity: high. The app was removed from a workspace or an organisation. docs/runbook.md#a-slack-installation',
      metric: this.lines('InstallationLost', said('installation.lost'), { Converse: converse }),
    });
    this.alarm('TokensRefused', {
      alarmDescription:
        'Severity: high. Slack renews the tokens of a workspace no more: they end within two hours. docs/runbook.md#a-slack-installation',
      metric: this.lines(
        'TokensRefused',
        FilterPattern.all(
          said('tokens.not-renewed'),
          FilterPattern.stringValue('$.state', '=', 'refused'),
        ),
        { Tick: tick },
      ),
    });
  }

  private jobs({ lanes, tick }: Logs): void {
    this.alarm('JobFailed', {
      alarmDescription:
        'Severity: high. A job fails again and again: what it does is not done. docs/runbook.md#a-job-fails',
      metric: this.lines('JobFailed', said('job.failed'), { Lanes: lanes, Tick: tick }),
      // A job is tried every minute: what passes by itself is over with the next try.
      minutes: { evaluationPeriods: 5, datapointsToAlarm: 3 },
    });
    this.alarm('NoTick', {
      alarmDescription:
        'Severity: high. No tick has come to its end for five minutes: nothing is planned or sent. docs/runbook.md#no-tick-comes-to-its-end',
      metric: this.lines('TickEnded', said('tick.ended'), { Tick: tick }),
      minutes: { evaluationPeriods: 5, datapointsToAlarm: 5 },
      silence: true,
    });
  }

  /** How many lines of a minute are of this pattern, in all of the logs. */
  private lines(
    metricName: string,
    filterPattern: IFilterPattern,
    logs: Readonly<Record<string, ILogGroup>>,
  ): IMetric {
    const metric = { metricNamespace: 'Langkah', metricName } as const;
    for (const [name, logGroup] of Object.entries(logs))
      new MetricFilter(this, `${metricName}${name}Lines`, { logGroup, filterPattern, ...metric });
    return new Metric({
      namespace: metric.metricNamespace,
      metricName,
      period: Duration.minutes(1),
      statistic: 'Sum',
    });
  }

  private alarm(id: string, { minutes = atOnce, silence = false, ...of }: Wake): void {
    const alarm = new Alarm(this, id, {
      ...of,
      ...minutes,
      threshold: 1,
      comparisonOperator: silence
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: silence ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }
}

/** A lane's silence that does not just spread its messages. */
const longSilence = Duration.minutes(15);

const atOnce = { evaluationPeriods: 1, datapointsToAlarm: 1 } as const;

/** A line of this event. */
const said = (event: string): JsonPattern => FilterPattern.stringValue('$.event', '=', event);
