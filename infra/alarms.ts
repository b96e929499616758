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
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Inbox } from './inbox.ts';

type Props = {
  readonly inbox: Inbox;
  /** Where runs over lanes write what happens to them. */
  readonly lanesLog: ILogGroup;
  /** Where the tick does. */
  readonly tickLog: ILogGroup;
};

/** Of this many minutes in a row, in so many something must be amiss before it is told. @default the first one tells */
type Minutes = { readonly evaluationPeriods: number; readonly datapointsToAlarm: number };

export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { inbox, lanesLog, tickLog }: Props) {
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
    this.alarm('LanePaused', {
      alarmDescription:
        'Severity: high. Nothing goes to a workspace or tenant: its token or a scope is gone. docs/runbook.md#a-lane-is-paused',
      metric: this.lines('LanePaused', { event: 'lane.paused', logs: { Lanes: lanesLog } }),
    });
    this.alarm('JobFailed', {
      alarmDescription:
        'Severity: high. A job fails again and again: what it does is not done. docs/runbook.md#a-job-fails',
      metric: this.lines('JobFailed', {
        event: 'job.failed',
        logs: { Lanes: lanesLog, Tick: tickLog },
      }),
      // A job is tried every minute: what passes by itself is over with the next try.
      minutes: { evaluationPeriods: 5, datapointsToAlarm: 3 },
    });
  }

  /** How many lines of a minute tell of `event`, in all of the logs. */
  private lines(
    metricName: string,
    of: { readonly event: string; readonly logs: Readonly<Record<string, ILogGroup>> },
  ): IMetric {
    const metric = { metricNamespace: 'Langkah', metricName } as const;
    for (const [name, logGroup] of Object.entries(of.logs))
      new MetricFilter(this, `${metricName}${name}Lines`, {
        logGroup,
        filterPattern: FilterPattern.stringValue('$.event', '=', of.event),
        ...metric,
      });
    return new Metric({
      namespace: metric.metricNamespace,
      metricName,
      period: Duration.minutes(1),
      statistic: 'Sum',
    });
  }

  private alarm(
    id: string,
    {
      minutes = { evaluationPeriods: 1, datapointsToAlarm: 1 },
      ...of
    }: {
      readonly alarmDescription: string;
      readonly metric: IMetric;
      readonly minutes?: Minutes;
    },
  ) {
    const alarm = new Alarm(this, id, {
      ...of,
      ...minutes,
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }
}
