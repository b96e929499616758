/** Where alarms are told; whoever is to be woken subscribes to it. */
import { Stack } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** A topic that takes encrypted calls only, and alarms of this account. */
export const alarmTopic = (scope: Construct): Topic => {
  const topic = new Topic(scope, 'Topic', { enforceSSL: true });
  // A policy of its own takes the place of the one under which an account's alarms may publish.
  const conditions = { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } };
  topic.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com', { conditions }));
  return topic;
};
