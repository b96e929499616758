import { describe, expect, it } from 'vitest';
import { activity, clientOf, place } from '../../support/teams/connector.ts';
import { appId, serviceUrl, tenantId } from '../../support/teams/tokens.ts';

describe('sending', () => {
  it('posts the activity once, with the token and without following redirects', async () => {
    const { client, requests } = clientOf(() => Response.json({ id: '1:baru' }, { status: 201 }));
    expect(await client.send(place, activity)).toEqual({
      state: 'sent',
      ref: '1:baru',
      conversation: place.conversation,
    });
    const [request] = requests;
    expect(requests).toHaveLength(1);
    expect(request?.url).toBe(`${serviceUrl}v3/conversations/a%3Apercakapan%2F1/activities`);
    expect(request?.headers.get('authorization')).toBe('Bearer rahasia');
    expect(request?.redirect).toBe('manual');
    expect(await request?.json()).toEqual({ ...activity });
  });

  it('changes a message in place', async () => {
    const { client, requests } = clientOf(() => new Response(null, { status: 200 }));
    expect(await client.update({ ...place, ref: '1:lama' }, activity)).toMatchObject({
      state: 'sent',
      ref: '1:lama',
    });
    expect(requests[0]?.method).toBe('PUT');
    expect(requests[0]?.url).toMatch(/\/activities\/1%3Alama$/);
  });

  it('opens a conversation by Entra id and tenant', async () => {
    const { client, requests } = clientOf(() => Response.json({ id: 'a:baru' }, { status: 201 }));
    // A base without its last slash keeps its last segment.
    const person = { serviceUrl: serviceUrl.slice(0, -1), tenantId, appId, userId: 'oid-sari' };
    expect(await client.create(person)).toEqual({ state: 'created', conversation: 'a:baru' });
    expect(requests[0]?.url).toBe(`${serviceUrl}v3/conversations`);
    expect(await requests[0]?.json()).toMatchObject({
      isGroup: false,
      members: [{ id: 'oid-sari' }],
      tenantId,
    });
  });

  it.each([
    'https://contoh.example/',
    'http://smba.trafficmanager.net/',
    'https://smba.trafficmanager.net.contoh.example/',
    'bukan alamat',
  ])('sends no token to %s', async (bad) => {
    const { client, requests, tokens } = clientOf(() => Response.json({}));
    expect(await client.send({ ...place, serviceUrl: bad }, activity)).toEqual({
      state: 'unreachable',
      reason: 'service-url-not-allowed',
    });
    expect([requests.length, tokens.given]).toEqual([0, 0]);
  });
});
