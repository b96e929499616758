/** What wakes somebody up; whoever is to be woken subscribes to the topic. */
import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Inbox } from './inbox.ts';

export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { inbox }: { readonly inbox: Inbox }) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { enforceSSL: true });
    const deadLetters = new Alarm(this, 'DeadLetters', {
      alarmDescription:
        'Severity: high. An answer or a press could not be handled after five tries. docs/runbook.md#dead-letters',
      metric: inbox.deadLetters.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    deadLetters.addAlarmAction(new SnsAction(this.topic));
  }
}
