import { readFileSync } from 'node:fs';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { found, type Resource, resources, template } from './template.ts';

const alarms = resources('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);

const alarmOf = (id: string): Resource['Properties'] =>
  found('AWS::CloudWatch::Alarm', `Alarms${id}`).properties;

/** Logs in which a line of this pattern is counted for the metric. */
const logsOf = (metric: string, pattern: string): readonly string[] =>
  resources('AWS::Logs::MetricFilter')
    .map(([, { Properties }]) => Properties)
    .filter(({ FilterPattern, MetricTransformations }) => {
      const [{ MetricName }] = MetricTransformations as [{ MetricName: string }];
      return MetricName === metric && FilterPattern === pattern;
    })
    .map(({ LogGroupName }) => String(Object(LogGroupName).Ref).replace(/Log[0-9A-F]{8}$/, ''))
    .sort();

/** As GitHub makes the address of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replaceAll(' ', '-');

/** Whether as many bad minutes, so far apart, raise an alarm of `minutes`. */
const rings = (
  { EvaluationPeriods: of, DatapointsToAlarm: bad }: Resource['Properties'],
  apart: number,
): boolean => 1 + Math.floor((Number(of) - 1) / apart) >= Number(bad);

describe('every alarm', () => {
  it('tells how severe it is and a paragraph of the runbook that is there, and somebody hears it', () => {
    const runbook = readFileSync('docs/runbook.md', 'utf8');
    const anchors = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading = '']) =>
      anchorOf(heading),
    );
    expect(alarms).toHaveLength(12);
    for (const { AlarmDescription, AlarmActions } of alarms) {
      const [, anchor] =
        /^Severity: (?:high|medium)\. .+ docs\/runbook\.md#([\w-]+)$/.exec(
          String(AlarmDescription),
        ) ?? [];
      expect(anchors, String(AlarmDescription)).toContain(anchor);
      expect(AlarmActions).toHaveLength(1);
    }
  });

  // A topic with a policy of its own is closed to the account's alarms unless that policy lets them in.
  it('may publish to the topic, from this account alone', () => {
    const [[, policy] = []] = resources('AWS::SNS::TopicPolicy');
    const { Statement } = Object(policy?.Properties['PolicyDocument']);
    expect(Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    );
    template.hasOutput('AlarmTopic', Match.anyValue());
  });
});

describe('a job that hangs', () => {
  // A statement without an answer ends a tick after three minutes; a close fails after five minutes of counting.
  it.each([1, 3, 4, 6])('wakes somebody though it fails only every %i minutes', (apart) => {
    expect(rings(alarmOf('JobFailed'), apart)).toBe(true);
    expect(rings(alarmOf('JobFailed'), 60)).toBe(false);
  });
});

describe('a wave', () => {
  it('without its keys has an alarm of its own, and does not hold the one of other failures', () => {
    expect(logsOf('KeysGone', '{ $.event = "wave.keys-gone" }')).toEqual(['JobsTick']);
    const failures = '{ ($.event = "job.failed") && ($.kind != "KeysGoneError") }';
    expect(logsOf('JobFailed', failures)).toEqual(['JobsTick', 'JobsWake']);
    expect(alarmOf('KeysGone')).toMatchObject({ EvaluationPeriods: 1, Threshold: 1 });
  });

  it('counted without answers that nobody could open wakes somebody', () => {
    expect(logsOf('BallotsUnreadable', '{ $.event = "wave.unreadable" }')).toEqual(['JobsTick']);
    expect(alarmOf('BallotsUnreadable')).toMatchObject({ EvaluationPeriods: 1, Threshold: 1 });
  });
});

describe('a function that cannot start', () => {
  it('or is not let run wakes somebody by its errors and throttles, for it cannot say so', () => {
    const { Metrics, ...alarm } = alarmOf('FunctionStands');
    const metrics = Metrics as readonly {
      readonly Expression?: string;
      readonly MetricStat?: { readonly Metric: { MetricName: string; Dimensions: unknown } };
    }[];
    const [sum, ...counted] = metrics;
    expect(sum?.Expression).toBe('SUM(FILL(METRICS(), 0))');
    const told = counted.map(({ MetricStat }) => {
      const { MetricName, Dimensions } = MetricStat?.Metric ?? {};
      return `${/"Ref":"(\w+?)[0-9A-F]{8}"/.exec(JSON.stringify(Dimensions))?.[1]} ${MetricName}`;
    });
    // The tab turns readers away by its throttles, and that is no fault.
    expect(told.sort()).toEqual([
      ...['DoorHttp', 'JobsConverse', 'JobsWake'].flatMap((one) => [
        `${one} Errors`,
        `${one} Throttles`,
      ]),
      'TabPages Errors',
    ]);
    // An entry of the queue whose function fails comes again only after its visibility timeout, of six minutes.
    expect(rings(alarm, 6)).toBe(true);
  });

  it('leaves entries on the queue, of which somebody hears when five tries would be long over', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'ApproximateAgeOfOldestMessage',
      Threshold: 45 * 60,
      Dimensions: [
        {
          Name: 'QueueName',
          Value: { 'Fn::GetAtt': [found('AWS::SQS::Queue', 'InboxQueue').id, 'QueueName'] },
        },
      ],
      AlarmDescription: Match.stringLikeRegexp('docs/runbook\\.md#a-function-does-not-run'),
    });
  });
});

describe('settings that are not taken up', () => {
  it('wake somebody, whichever function says so', () => {
    const functions = ['DoorHttp', 'JobsConverse', 'JobsTick', 'JobsWake', 'TabPages'];
    const pattern = '{ $.event = "settings.not-taken-up" }';
    expect(logsOf('SettingsNotTakenUp', pattern)).toEqual(functions);
  });
});

describe('what an operator has stopped for an upgrade', () => {
  it('has nothing in the template that says it runs: a deployment that changes nothing of it leaves it stopped', () => {
    const mappings = resources('AWS::Lambda::EventSourceMapping').map(
      ([, { Properties }]) => Properties,
    );
    expect(mappings).toHaveLength(2);
    for (const mapping of mappings) expect(mapping).not.toHaveProperty('Enabled');
  });

  it('is one mapping of the queue’s function, as the runbook’s command takes it', () => {
    const { id } = found('AWS::Lambda::Function', 'JobsConverse');
    const own = resources('AWS::Lambda::EventSourceMapping').filter(([, { Properties }]) =>
      JSON.stringify(Properties['FunctionName']).includes(id),
    );
    expect(own).toHaveLength(1);
  });
});
