import { describe, expect, it } from 'vitest';
import { graphInstall } from '../../../../bot/teams/microsoft/graph.ts';

const graph = 'https://graph.microsoft.com';
const graphUrl = `${graph}/v1.0/`;
const catalogApp = 'b1c5353a-7aca-41b3-830f-27d5218fe0e5';
const userId = '7faf8ab2-3d56-4244-b585-20c8a42ed2b8';

const installing = async (answer: () => Response | Promise<Response>) => {
  const requests: Request[] = [];
  const install = graphInstall({
    token: async () => 'rahasia',
    fetch: async (input, init) => {
      requests.push(new Request(input, init));
      return answer();
    },
    catalogApp,
    graph,
  });
  return { outcome: await install(userId), requests };
};
const refused = (status: number, message: string) =>
  installing(() => Response.json({ error: { code: 'Forbidden', message } }, { status }));

describe('installing the app for one person', () => {
  it('is one POST that names the app of the catalogue', async () => {
    const { outcome, requests } = await installing(() => new Response(null, { status: 201 }));
    expect(outcome).toEqual({ state: 'installed' });
    const [request] = requests;
    expect(requests).toHaveLength(1);
    expect(request?.url).toBe(`${graphUrl}users/${userId}/teamwork/installedApps`);
    expect(request?.redirect).toBe('manual');
    expect(request?.headers.get('authorization')).toBe('Bearer rahasia');
    expect(await request?.json()).toEqual({
      'teamsApp@odata.bind': `${graphUrl}appCatalogs/teamsApps/${catalogApp}`,
    });
  });

  it('takes "there already" for done', async () => {
    expect((await refused(409, 'already installed')).outcome).toEqual({ state: 'installed' });
  });

  it.each([
    [403, 'Ensure user has a valid Office365 license assigned to them.', 'unlicensed'],
    [403, 'The app cannot be installed for guest users.', 'guest'],
    [403, 'Missing role permissions on the request.', 'install-refused'],
    [400, 'Bad Request', 'install-refused'],
    [404, 'No user found for id', 'no-account'],
    [404, 'The requested app was not found in the catalogue', 'install-refused'],
  ])('%i "%s" is a reason: %s', async (status, message, reason) => {
    expect((await refused(status, message)).outcome).toEqual({ state: 'unreachable', reason });
  });

  it.each([
    [429, 'graph-throttled'],
    [503, 'graph-http-503'],
    [401, 'graph-unauthorized'],
    [302, 'graph-http-302'],
  ])('%i is tried again without holding anybody else up', async (status, reason) => {
    const { outcome } = await refused(status, '');
    expect(outcome).toEqual({ state: 'retry', reason, afterSeconds: null });
  });

  it('is tried again after a lost answer, for installing twice is harmless', async () => {
    const { outcome } = await installing(() => {
      throw new TypeError('fetch failed', {
        cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
      });
    });
    expect(outcome).toEqual({ state: 'retry', reason: 'ECONNRESET', afterSeconds: null });
  });

  it('waits while no token is to be had', async () => {
    const install = graphInstall({
      token: () => Promise.reject(new Error('down')),
      fetch: () => Promise.reject(new Error('nothing may leave')),
      catalogApp,
      graph,
    });
    expect(await install(userId)).toMatchObject({ reason: 'graph-token-unavailable' });
  });
});
