/** An organisation on Slack as its Web API shows it: codes and refresh tokens that work once, workspaces, members by page. */
import { randomUUID } from 'node:crypto';

type User = Readonly<Record<string, unknown>> & { readonly id: string };
type Fields = Readonly<Record<string, string>>;
/** What a token belongs to; `T…` a workspace, `E…` an organisation. */
type Grant = { readonly owner: string; access: string; refresh: string | null };

const failed = (error: string) => ({ ok: false, error });

/** Serves https://slack.com/api/ by its `fetch`; everything it keeps can be looked at and changed. */
export const slackGrid = () => {
  const grid = {
    clientId: '12.34',
    clientSecret: 'rahasia-klien',
    enterpriseId: 'E0ORG' as string | null,
    /** Workspaces an organisation's token may work in. */
    granted: ['T0SATU', 'T0DUA'],
    scopes: ['chat:write', 'commands', 'im:write', 'users:read', 'users:read.email'],
    /** Seconds an access token lives; null = the app does not rotate tokens. */
    lives: 43_200 as number | null,
    users: new Map<string, readonly User[]>(),
    pageSize: 2,
    /** Answers that come instead, first in first out, by method. */
    instead: new Map<string, (() => Response)[]>(),
    calls: [] as { readonly method: string; readonly fields: Fields }[],
    grants: [] as Grant[],
    revoked: [] as string[],
    /** Milliseconds a renewal takes. */
    slow: 0,
    /** A code as Slack hands it to the browser after somebody agreed. */
    code: (owner: string): string => {
      const code = `kode-${randomUUID()}`;
      codes.set(code, owner);
      return code;
    },
    named: (method: string) => grid.calls.filter((call) => call.method === method),
    fetch: (async (input, init = {}) => {
      const url = new URL(String(input));
      if (url.origin !== 'https://slack.com' || !url.pathname.startsWith('/api/'))
        throw new Error(`this Slack does not serve ${url.href}`);
      const method = url.pathname.slice('/api/'.length);
      const fields = Object.fromEntries(new URLSearchParams(String(init.body ?? '')));
      const authorization = new Headers(init.headers).get('authorization') ?? '';
      grid.calls.push({ method, fields });
      if (method === 'oauth.v2.access' && grid.slow > 0)
        await new Promise((done) => setTimeout(done, grid.slow));
      const instead = grid.instead.get(method)?.shift();
      if (instead !== undefined) return instead();
      const answer = methods[method]?.(grid, { authorization, fields, codes });
      const headers = { 'x-oauth-scopes': grid.scopes.join(',') };
      return Response.json(answer ?? failed('unknown_method'), { headers });
    }) as typeof fetch,
  };
  const codes = new Map<string, string>();
  return grid;
};
type SlackGrid = ReturnType<typeof slackGrid>;

type Asked = {
  readonly authorization: string;
  readonly fields: Fields;
  readonly codes: Map<string, string>;
};
type Method = (grid: SlackGrid, asked: Asked) => object;

const pairOf = (grid: SlackGrid, grant: Grant): object => {
  grant.access = `xoxe.xoxb-${randomUUID()}`;
  grant.refresh = grid.lives === null ? null : `xoxe-${randomUUID()}`;
  return {
    ok: true,
    token_type: 'bot',
    access_token: grant.access,
    ...(grid.lives === null ? {} : { refresh_token: grant.refresh, expires_in: grid.lives }),
  };
};

const access: Method = (grid, { authorization, fields, codes }) => {
  const { clientId, clientSecret } = grid;
  const expected = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  if (authorization !== `Basic ${expected}`) return failed('bad_client_secret');
  if (fields['grant_type'] === 'refresh_token') {
    const grant = grid.grants.find(({ refresh }) => refresh === fields['refresh_token']);
    return grant === undefined ? failed('invalid_refresh_token') : pairOf(grid, grant);
  }
  const owner = codes.get(fields['code'] ?? '');
  if (owner === undefined) return failed('invalid_code');
  codes.delete(fields['code'] ?? '');
  const grant = { owner, access: '', refresh: null };
  grid.grants.push(grant);
  const whole = owner.startsWith('E');
  return {
    ...pairOf(grid, grant),
    scope: grid.scopes.join(','),
    bot_user_id: 'U0BOT',
    app_id: 'A0LANGKAH',
    team: whole ? null : { id: owner, name: 'Ruang Contoh' },
    enterprise: grid.enterpriseId === null ? null : { id: grid.enterpriseId, name: 'Contoh' },
    is_enterprise_install: whole,
  };
};

/** A method that needs a token; an organisation's must say for which workspace where the method asks. */
const withToken =
  (answer: (grid: SlackGrid, grant: Grant, fields: Fields) => object): Method =>
  (grid, { authorization, fields }) => {
    const token = authorization.replace('Bearer ', '');
    const grant = grid.grants.find((one) => one.access === token);
    if (grant === undefined) return failed('invalid_auth');
    return grid.revoked.includes(token) ? failed('token_revoked') : answer(grid, grant, fields);
  };

const paged = <T>(all: readonly T[], { cursor = '' }: Fields, size: number) => {
  if (!/^(halaman-\d+)?$/.test(cursor)) return null;
  const from = Number(cursor.replace('halaman-', '') || 0);
  const next = from + size < all.length ? `halaman-${from + size}` : '';
  return { items: all.slice(from, from + size), response_metadata: { next_cursor: next } };
};

const methods: Readonly<Record<string, Method>> = {
  'oauth.v2.access': access,
  'auth.revoke': withToken((grid, { access: token }) => {
    grid.revoked.push(token);
    return { ok: true, revoked: true };
  }),
  'auth.test': withToken((_, { owner }) => ({ ok: true, team_id: owner, bot_id: 'B0' })),
  'auth.teams.list': withToken((grid, { owner }, fields) => {
    if (!owner.startsWith('E')) return failed('not_allowed_token_type');
    const page = paged(grid.granted, fields, grid.pageSize);
    if (page === null) return failed('invalid_cursor');
    const { items, ...rest } = page;
    return { ok: true, teams: items.map((id) => ({ id, name: id })), ...rest };
  }),
  'users.list': withToken((grid, { owner }, fields) => {
    const whole = owner.startsWith('E');
    const workspace = whole ? fields['team_id'] : owner;
    if (workspace === undefined) return failed('missing_argument');
    if (whole && !grid.granted.includes(workspace)) return failed('team_access_not_granted');
    if (!grid.scopes.includes('users:read')) return failed('missing_scope');
    const shows = grid.scopes.includes('users:read.email');
    const users = (grid.users.get(workspace) ?? []).map((user) =>
      shows ? user : { ...user, profile: {} },
    );
    const page = paged(users, fields, grid.pageSize);
    if (page === null) return failed('invalid_cursor');
    const { items, ...rest } = page;
    return { ok: true, members: items, ...rest };
  }),
};
