/** Runs that failed, or were not let begin. */
import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';

/** What is listened to: each writes what happens into its own log. */
export type Functions = {
  readonly door: NodejsFunction;
  readonly tab: NodejsFunction;
  readonly tick: NodejsFunction;
  /** Runs over lanes. */
  readonly lanes: NodejsFunction;
  /** What the door has queued. */
  readonly converse: NodejsFunction;
};

/**
 * Runs of a minute that failed as a whole, and those that were not let begin. The tab turns away whoever comes eleventh:
 * a full hall of readers is no outage.
 */
export const refusals = ({ tab, ...others }: Omit<Functions, 'tick'>): IMetric => {
  const counted = { period: Duration.minutes(1), statistic: 'Sum' } as const;
  const metrics = [
    ...Object.entries({ tab, ...others }).map(
      ([name, one]) => [`${name}Errors`, one.metricErrors(counted)] as const,
    ),
    ...Object.entries(others).map(
      ([name, one]) => [`${name}Throttles`, one.metricThrottles(counted)] as const,
    ),
  ];
  return new MathExpression({
    // A function that nobody calls in a minute tells nothing of it.
    expression: 'SUM(FILL(METRICS(), 0))',
    usingMetrics: Object.fromEntries(metrics),
    period: counted.period,
  });
};
