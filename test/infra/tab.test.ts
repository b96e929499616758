import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { LangkahStack } from '../../infra/langkah-stack.ts';

const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
const template = Template.fromStack(new LangkahStack(app, 'contoh', { region: 'ap-southeast-3' }));

/** The one resource of this type whose id begins with `start`, as text. */
const textOf = (type: string, start: string): string => {
  const [, found] =
    Object.entries(template.findResources(type)).find(([id]) => id.startsWith(start)) ?? [];
  if (found === undefined) throw new Error(`no ${type} ${start}`);
  return JSON.stringify(found['Properties']);
};

describe('the personal tab', () => {
  it('has a function of its own beside the database, ten at most, and none of it in the door', () => {
    const pages = JSON.parse(textOf('AWS::Lambda::Function', 'TabPages'));
    expect(pages).toMatchObject({ ReservedConcurrentExecutions: 10, Timeout: 15 });
    expect(pages.VpcConfig.SubnetIds).not.toHaveLength(0);
    expect(pages.Environment.Variables).toHaveProperty('DATABASE_SECRET');
    expect(textOf('AWS::Lambda::Function', 'DoorHttp')).not.toContain('DATABASE_SECRET');
  });

  it('is what its three routes lead to, under the address of the door', () => {
    const integrations = Object.entries(
      template.findResources('AWS::ApiGatewayV2::Integration'),
    ).filter(([, { Properties }]) => JSON.stringify(Properties).includes('TabPages'));
    expect(integrations).toHaveLength(1);
    const [[integration] = ['']] = integrations;
    const routes = Object.values(template.findResources('AWS::ApiGatewayV2::Route'))
      .filter(({ Properties }) => JSON.stringify(Properties.Target).includes(integration))
      .map(({ Properties }) => Properties.RouteKey);
    expect(routes.sort()).toEqual(['GET /aset/{name}', 'GET /teams/tab', 'POST /teams/tab/home']);
  });

  it('may read its settings and the database’s login, and nothing made at run time', () => {
    const policy = textOf('AWS::IAM::Policy', 'TabPages');
    expect(policy.match(/secretsmanager:\w+/g)).toEqual(
      Array(3).fill(['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret']).flat(),
    );
    expect(policy).not.toMatch(/run\/|sqs:|"Resource":"\*"/);
  });
});
