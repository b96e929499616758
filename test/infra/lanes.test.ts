import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { LangkahStack } from '../../infra/langkah-stack.ts';

const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
const template = Template.fromStack(new LangkahStack(app, 'contoh', { region: 'ap-southeast-3' }));

/** The one resource of this type whose id begins with `start`. */
const found = (type: string, start: string) => {
  const [id, resource] =
    Object.entries(template.findResources(type)).find(([name]) => name.startsWith(start)) ?? [];
  if (id === undefined) throw new Error(`no ${type} ${start}`);
  return { id, properties: resource?.['Properties'] };
};

const queue = found('AWS::SQS::Queue', 'JobsWakeUps');
const run = found('AWS::Lambda::Function', 'JobsWake');

describe('the queue of wake-ups', () => {
  it('is a standard one that forgets after five minutes: the next tick puts another', () => {
    expect(queue.properties).toMatchObject({
      MessageRetentionPeriod: 300,
      VisibilityTimeout: 6 * run.properties.Timeout,
    });
    expect(queue.properties).not.toHaveProperty('FifoQueue');
    expect(queue.properties).not.toHaveProperty('RedrivePolicy');
  });

  it('hands over one at a time, ten lanes side by side, and gives a run its 45 s and the answers', () => {
    expect(run.properties.Timeout).toBeGreaterThan(45 + 15);
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 1,
      EventSourceArn: { 'Fn::GetAtt': [queue.id, 'Arn'] },
      ScalingConfig: { MaximumConcurrency: 10 },
    });
  });
});

describe('a run over a lane', () => {
  it('may take wake-ups and put another, and has no secret of a wave', () => {
    const may = JSON.stringify(found('AWS::IAM::Policy', 'JobsWake').properties);
    expect(may).toContain('sqs:SendMessage');
    expect(may).toContain(queue.id);
    expect(may).not.toContain(found('AWS::SQS::Queue', 'InboxQueue').id);
    expect(may).not.toContain('run/wave-');
  });

  it('that pauses its lane wakes somebody within a minute, with the paragraph to read', () => {
    template.hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: '{ $.event = "lane.paused" }',
      LogGroupName: { Ref: found('AWS::Logs::LogGroup', 'JobsWakeLog').id },
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
});
