/** The standard queue that carries wake-ups of lanes from the tick, and from runs that did not come to their end. */
import { Duration } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** Seconds of one run: 45 of sending, then the answers that are still to come. */
export const wakeSeconds = 90;

export class WakeUps extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      visibilityTimeout: Duration.seconds(6 * wakeSeconds),
      // The next tick puts another: an old one is worth nothing, and none is ever a dead letter.
      retentionPeriod: Duration.minutes(5),
      enforceSSL: true,
    });
  }
}
