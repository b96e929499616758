/** The durable queue between the door and the jobs, and where its failures wait to be looked at. */
import { Duration } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** Seconds that one run over a batch may take. */
export const batchSeconds = 60;

export class Inbox extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      retentionPeriod: Duration.days(14),
      enforceSSL: true,
    });
    this.queue = new Queue(this, 'Queue', {
      // Six times the function's time, as docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html asks.
      visibilityTimeout: Duration.seconds(6 * batchSeconds),
      retentionPeriod: Duration.days(7),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
      enforceSSL: true,
    });
  }
}
