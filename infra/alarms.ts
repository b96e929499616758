/** What wakes somebody up; whoever is to be woken subscribes to the topic. */
import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
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
};

export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { inbox, lanesLog }: Props) {
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
    const paused = new MetricFilter(this, 'LanePausedLines', {
      logGroup: lanesLog,
      filterPattern: FilterPattern.stringValue('$.event', '=', 'lane.paused'),
      metricNamespace: 'Langkah',
      metricName: 'LanePaused',
    });
    this.alarm('LanePaused', {
      alarmDescription:
        'Severity: high. Nothing goes to a workspace or tenant: its token or a scope is gone. docs/runbook.md#a-lane-is-paused',
      metric: paused.metric({ period: Duration.minutes(1), statistic: 'Sum' }),
    });
  }

  /** One is enough. */
  private alarm(id: string, of: { readonly alarmDescription: string; readonly metric: IMetric }) {
    const alarm = new Alarm(this, id, {
      ...of,
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }
}
