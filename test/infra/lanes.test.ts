import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { found, template } from './template.ts';

const queue = found('AWS::SQS::Queue', 'JobsWakeUps');
const run = found('AWS::Lambda::Function', 'JobsWake');
const seconds = Number(run.properties['Timeout']);

describe('the queue of wake-ups', () => {
  it('is a standard one that forgets after five minutes: the next tick puts another', () => {
    expect(queue.properties).toMatchObject({
      MessageRetentionPeriod: 300,
      VisibilityTimeout: 6 * seconds,
    });
    expect(queue.properties).not.toHaveProperty('FifoQueue');
    expect(queue.properties).not.toHaveProperty('RedrivePolicy');
  });

  it('hands over one at a time, ten lanes side by side, and gives a run its 45 s and the answers', () => {
    expect(seconds).toBeGreaterThan(45 + 15);
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 1,
      EventSourceArn: { 'Fn::GetAtt': [queue.id, 'Arn'] },
      ScalingConfig: { MaximumConcurrency: 10 },
    });
  });
});

describe('a run over a lane', () => {
  it('may take wake-ups and put another, and reads of a wave what tells whose ballot is whose, never its private key', () => {
    const may = JSON.stringify(found('AWS::IAM::Policy', 'JobsWake').properties);
    expect(may).toContain('sqs:SendMessage');
    expect(may).toContain(queue.id);
    expect(may).not.toContain(found('AWS::SQS::Queue', 'InboxQueue').id);
    expect(may.match(/run\/wave-[^"]+/g)).toEqual([
      'run/wave-*-secret',
      'run/wave-*-secret-??????',
    ]);
  });

  it('that pauses its lane wakes somebody within a minute, with the paragraph to read', () => {
    for (const log of ['JobsWakeLog', 'JobsTickLog', 'JobsConverseLog'])
      template.hasResourceProperties('AWS::Logs::MetricFilter', {
        FilterPattern: '{ $.event = "lane.paused" }',
        LogGroupName: { Ref: found('AWS::Logs::LogGroup', log).id },
        MetricTransformations: [Match.objectLike({ MetricName: 'LanePaused' })],
      });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'LanePaused',
      Namespace: 'Langkah',
      Period: 60,
      Threshold: 1,
      AlarmDescription: Match.stringLikeRegexp('docs/runbook\\.md#a-lane-is-paused'),
      AlarmActions: [Match.anyValue()],
    });
  });

  it.each([
    {
      name: 'LaneHeld',
      log: 'JobsWakeLog',
      pattern: '{ ($.event = "lane.held") && ($.seconds >= 900) }',
      paragraph: 'a-lane-is-paused',
    },
    {
      name: 'InstallationLost',
      log: 'JobsConverseLog',
      pattern: '{ $.event = "installation.lost" }',
      paragraph: 'a-slack-installation',
    },
    {
      name: 'TokensRefused',
      log: 'JobsTickLog',
      pattern: '{ ($.event = "tokens.not-renewed") && ($.state = "refused") }',
      paragraph: 'a-slack-installation',
    },
  ])('wakes somebody for what else stops a workspace or a lane: $name', (alarm) => {
    template.hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: alarm.pattern,
      LogGroupName: { Ref: found('AWS::Logs::LogGroup', alarm.log).id },
      MetricTransformations: [Match.objectLike({ MetricName: alarm.name })],
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: alarm.name,
      Threshold: 1,
      EvaluationPeriods: 1,
      AlarmDescription: Match.stringLikeRegexp(`docs/runbook\\.md#${alarm.paragraph}`),
      AlarmActions: [Match.anyValue()],
    });
  });

  it('that fails again and again wakes somebody, and so does a tick; once alone does not', () => {
    for (const log of ['JobsWakeLog', 'JobsTickLog'])
      template.hasResourceProperties('AWS::Logs::MetricFilter', {
        FilterPattern: Match.stringLikeRegexp('job\\.failed'),
        LogGroupName: { Ref: found('AWS::Logs::LogGroup', log).id },
        MetricTransformations: [
          Match.objectLike({
            MetricName: 'JobFailed',
            MetricNamespace: 'Langkah',
            MetricValue: '1',
          }),
        ],
      });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'JobFailed',
      Namespace: 'Langkah',
      Period: 60,
      Statistic: 'Sum',
      Threshold: 1,
      EvaluationPeriods: 15,
      DatapointsToAlarm: 3,
      TreatMissingData: 'notBreaching',
      AlarmDescription: Match.stringLikeRegexp('Severity: .*docs/runbook\\.md#a-job-fails'),
      AlarmActions: [Match.anyValue()],
    });
  });
});

describe('a tick', () => {
  it('wakes somebody when none has come to its end for five minutes, whatever keeps it from it', () => {
    template.hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: '{ $.event = "tick.ended" }',
      LogGroupName: { Ref: found('AWS::Logs::LogGroup', 'JobsTickLog').id },
      MetricTransformations: [Match.objectLike({ MetricName: 'TickEnded', MetricValue: '1' })],
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'TickEnded',
      Namespace: 'Langkah',
      Period: 60,
      Statistic: 'Sum',
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      EvaluationPeriods: 5,
      DatapointsToAlarm: 5,
      TreatMissingData: 'breaching',
      AlarmDescription: Match.stringLikeRegexp('docs/runbook\\.md#no-tick-comes-to-its-end'),
      AlarmActions: [Match.anyValue()],
    });
  });
});
