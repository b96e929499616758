import { describe, expect, it } from 'vitest';
import { connectorClient } from '../../../../bot/teams/client.ts';
import { serviceUrl } from '../../../support/teams/tokens.ts';

const userId = '7faf8ab2-3d56-4244-b585-20c8a42ed2b8';
const place = { serviceUrl, conversation: 'a:percakapan', userId };

/** Asks for Sari in a conversation with these members. */
const ask = async (members: unknown, status = 200) => {
  const requests: Request[] = [];
  const client = connectorClient({
    token: async () => 'rahasia',
    fetch: async (input, init) => {
      requests.push(new Request(input, init));
      return Response.json({ members }, { status });
    },
    allowedHosts: ['smba.trafficmanager.net'],
  });
  return { profile: await client.member(place), requests };
};
const sari = {
  id: '29:abc',
  aadObjectId: userId,
  email: 'Sari@Contoh.example',
  userPrincipalName: 'sari.w@contoh.example',
  userRole: 'user',
};
const member = (email: string, status: 'staff' | 'guest' = 'staff') => ({
  userId,
  email,
  zone: null,
  status,
});

describe('a member looked up at the Connector', () => {
  it('is asked for by Entra id, with one GET and no body', async () => {
    const { requests } = await ask([sari]);
    expect(requests.map(({ method, url }) => [method, url])).toEqual([
      ['GET', `${serviceUrl}v3/conversations/a%3Apercakapan/pagedmembers?pageSize=50`],
    ]);
    expect(await requests[0]?.text()).toBe('');
  });

  it('is named by e-mail first and by sign-in name next', async () => {
    const { profile } = await ask([sari]);
    expect(profile).toEqual({
      state: 'known',
      members: [member('sari@contoh.example'), member('sari.w@contoh.example')],
    });
  });

  it('is read under the other name of the Entra id, too, and once where both addresses agree', async () => {
    const { aadObjectId: objectId, ...rest } = sari;
    const { profile } = await ask([{ ...rest, objectId, userPrincipalName: sari.email }]);
    expect(profile).toEqual({ state: 'known', members: [member('sari@contoh.example')] });
  });

  it.each([
    { ...sari, userRole: 'guest' },
    { ...sari, userPrincipalName: 'sari_lain.example#EXT#@contoh.onmicrosoft.example' },
  ])('is a guest when Teams or the sign-in name says so', async (member) => {
    const { profile } = await ask([member]);
    if (profile.state !== 'known') throw new Error(profile.reason);
    expect(new Set(profile.members.map(({ status }) => status))).toEqual(new Set(['guest']));
  });

  it('is nobody when the answer speaks of somebody else, of nobody, or is none', async () => {
    const other = { ...sari, aadObjectId: '00000000-0000-4000-8000-000000000000' };
    const nobody = { state: 'unclear', reason: 'no-such-member' };
    expect((await ask([other])).profile).toEqual(nobody);
    expect((await ask([])).profile).toEqual(nobody);
    expect((await ask('anything')).profile).toEqual(nobody);
    expect((await ask([], 404)).profile).toMatchObject({ state: 'unclear' });
    const shy = [{ aadObjectId: userId }];
    expect((await ask(shy)).profile).toEqual({ state: 'known', members: [] });
  });
});
