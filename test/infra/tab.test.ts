import { describe, expect, it } from 'vitest';
import { found, template } from './template.ts';

const textOf = (type: string, start: string): string =>
  JSON.stringify(found(type, start).properties);

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

  it('may read its settings, the database’s login and ballot secrets, and neither write nor see a private key', () => {
    const policy = textOf('AWS::IAM::Policy', 'TabPages');
    expect(policy.match(/secretsmanager:[A-Z]\w+/g)).toEqual([
      ...Array(3).fill(['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret']).flat(),
      'secretsmanager:GetSecretValue',
    ]);
    expect(policy.match(/run\/[^"]+/g)).toEqual(['run/wave-*-secret', 'run/wave-*-secret-??????']);
    expect(policy).not.toMatch(/sqs:|"Resource":"\*"/);
  });
});
