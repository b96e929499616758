/** The template of one stack, made once for all files that look into it. */
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { LangkahStack } from '../../infra/langkah-stack.ts';

// Code is bundled in the long proof of the bundles; what stands around it needs none.
const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });

export const template = Template.fromStack(
  new LangkahStack(app, 'langkah', { region: 'ap-southeast-3' }),
);

export type Resource = { readonly Properties: Readonly<Record<string, unknown>> };

/** All resources of a type, with their logical ids. */
export const resources = (type: string): readonly (readonly [string, Resource])[] =>
  Object.entries(template.findResources(type)).map(([id, found]) => [
    id,
    { Properties: found['Properties'] },
  ]);

/** The one resource of this type whose logical id begins with `start`. */
export const found = (
  type: string,
  start: string,
): { readonly id: string; readonly properties: Resource['Properties'] } => {
  const [id, resource] = resources(type).find(([name]) => name.startsWith(start)) ?? [];
  if (id === undefined || resource === undefined) throw new Error(`no ${type} ${start}`);
  return { id, properties: resource.Properties };
};

/** What one statement of a policy allows, by the texts that stand in the template. */
type Statement = {
  readonly actions: readonly string[];
  readonly resources: readonly unknown[];
};

/** What the role of a function may do; its policies' ids begin with the function's. */
export const statementsOf = (start: string): readonly Statement[] =>
  resources('AWS::IAM::Policy')
    .filter(([id]) => id.startsWith(start))
    .flatMap(([, { Properties }]) => {
      const { Statement: statements } = Object(Properties['PolicyDocument']);
      return (statements as readonly { Action: string | string[]; Resource: unknown }[]).map(
        ({ Action, Resource }) => ({ actions: [Action].flat(), resources: [Resource].flat() }),
      );
    });
