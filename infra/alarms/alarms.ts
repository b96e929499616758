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
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import {
  FilterPattern,
  type IFilterPattern,
  type JsonPattern,
  MetricFilter,
} from 'aws-cdk-lib/aws-logs';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Inbox } from '../inbox.ts';
import { type Functions, refusals } from './refusals.ts';
import { alarmTopic } from './topic.ts';

type Props = { readonly inbox: Inbox; readonly functions: Functions };

type Wake = {
  readonly alarmDescription: string;
  readonly metric: IMetric;
  /** Of this many minutes in a row, in so many something must be amiss before it is told. @default the first one tells */
  readonly minutes?: { readonly evaluationPeriods: number; readonly datapointsToAlarm: number };
  /** From which value on something is amiss. @default 1 */
  readonly threshold?: number;
  /** That nothing is heard is amiss. @default false: something is heard that should not be */
  readonly silence?: boolean;
};

export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { inbox, functions }: Props) {
    super(scope, id);
    this.topic = alarmTopic(this);
    this.entries(inbox);
    this.installations(functions);
    this.jobs(functions);
    this.waves(functions);
    this.starts(functions);
  }

  /** What people pressed and answered. */
  private entries({ queue, deadLetters }: Inbox): void {
    this.alarm('DeadLetters', {
      alarmDescription:
        'Severity: high. An answer or a press could not be handled after five tries. docs/runbook.md#dead-letters',
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
    });
    this.alarm('QueueStands', {
      alarmDescription:
        'Severity: high. A press or an answer has waited for three quarters of an hour: nobody handles them. docs/runbook.md#a-function-does-not-run',
      metric: queue.metricApproximateAgeOfOldestMessage({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      threshold: longWait.toSeconds(),
    });
  }

  /** What stops a whole workspace. */
  private installations({ lanes, tick, converse }: Functions): void {
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

  private jobs({ lanes, tick }: Functions): void {
    this.alarm('JobFailed', {
      alarmDescription:
        'Severity: high. A job fails again and again: what it does is not done. docs/runbook.md#a-job-fails',
      metric: this.lines(
        'JobFailed',
        FilterPattern.all(
          said('job.failed'),
          // It fails until somebody acts, under an alarm of its own; under this one it would hide what fails after it.
          FilterPattern.stringValue('$.kind', '!=', 'KeysGoneError'),
        ),
        { Lanes: lanes, Tick: tick },
      ),
      minutes: again,
    });
    this.alarm('NoTick', {
      alarmDescription:
        'Severity: high. No tick has come to its end for five minutes: nothing is planned or sent. docs/runbook.md#no-tick-comes-to-its-end',
      metric: this.lines('TickEnded', said('tick.ended'), { Tick: tick }),
      minutes: { evaluationPeriods: 5, datapointsToAlarm: 5 },
      silence: true,
    });
  }

  /** What nobody can count. */
  private waves({ tick }: Functions): void {
    this.alarm('KeysGone', {
      alarmDescription:
        'Severity: high. The keys of a survey period are gone: its answers cannot be counted. docs/runbook.md#a-wave-that-does-not-close',
      metric: this.lines('KeysGone', said('wave.keys-gone'), { Tick: tick }),
    });
    this.alarm('BallotsUnreadable', {
      alarmDescription:
        'Severity: high. A survey period was counted without answers that nobody could open. docs/runbook.md#a-database-was-restored',
      metric: this.lines('BallotsUnreadable', said('wave.unreadable'), { Tick: tick }),
    });
  }

  /** What keeps a function from its work before it can say so; the tick is missed by its silence. */
  private starts({ door, tab, tick, lanes, converse }: Functions): void {
    this.alarm('FunctionStands', {
      alarmDescription:
        'Severity: high. A function fails or is kept from running again and again. docs/runbook.md#a-function-does-not-run',
      metric: refusals({ door, lanes, converse, tab }),
      minutes: again,
    });
    this.alarm('SettingsNotTakenUp', {
      alarmDescription:
        'Severity: medium. A function goes on with its old settings: the new ones are wrong or cannot be read. docs/runbook.md#a-setting-was-wrong-or-is-replaced',
      metric: this.lines('SettingsNotTakenUp', said('settings.not-taken-up'), {
        Door: door,
        Tab: tab,
        Tick: tick,
        Lanes: lanes,
        Converse: converse,
      }),
    });
  }

  /** How many lines of a minute are of this pattern, in the logs of all these. */
  private lines(
    metricName: string,
    filterPattern: IFilterPattern,
    functions: Readonly<Record<string, NodejsFunction>>,
  ): IMetric {
    const metric = { metricNamespace: 'Langkah', metricName } as const;
    for (const [name, { logGroup }] of Object.entries(functions))
      new MetricFilter(this, `${metricName}${name}Lines`, { logGroup, filterPattern, ...metric });
    return new Metric({
      namespace: metric.metricNamespace,
      metricName,
      period: Duration.minutes(1),
      statistic: 'Sum',
    });
  }

  private alarm(
    id: string,
    { minutes = atOnce, silence = false, threshold = 1, ...of }: Wake,
  ): void {
    const alarm = new Alarm(this, id, {
      ...of,
      ...minutes,
      threshold,
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

/** An entry that fails comes again every six minutes and is a dead letter after five tries: this one was not even tried. */
const longWait = Duration.minutes(45);

/**
 * What is tried every minute and passes by itself is over with the next try. What hangs ends a tick after minutes, and an
 * entry comes again after six: both leave three bad minutes in a quarter of an hour and fewer in any shorter time.
 */
const again = { evaluationPeriods: 15, datapointsToAlarm: 3 } as const;

const atOnce = { evaluationPeriods: 1, datapointsToAlarm: 1 } as const;

/** A line of this event. */
const said = (event: string): JsonPattern => FilterPattern.stringValue('$.event', '=', event);
