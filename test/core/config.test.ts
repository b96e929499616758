import { describe, expect, it } from 'vitest';
import { loadConfig, loadDoorConfig } from '../../core/config.ts';

const key = 'kunci-uji-coba-yang-cukup-panjang-sekali';
const door = { TICKET_KEY: key, SLACK_SIGNING_SECRET: 'satu,dua' };
const jobs = {
  ...door,
  DATABASE_URL: 'postgres://contoh',
  AGENCY_NAME: 'Kementerian Contoh',
  AGENCY_LETTER: 'Surat Edaran Contoh',
  AGENCY_CONTACT: 'langkah@kementerian.example',
  ROSTER_KEY: key,
};

const id = (last: number): string => `6f1c0000-0000-4000-8000-00000000000${last}`;

describe('settings of a deployed host', () => {
  it('are complete for a door without the database and without the keys of the jobs', () => {
    expect(loadDoorConfig({ ...door, ROSTER_KEY: 'x' })).toEqual({ ...door, BALLOT: 'chat' });
    expect(loadConfig(jobs)).toEqual({ ...jobs, AGENCY_ZONE: 'Asia/Jakarta', BALLOT: 'chat' });
  });

  it('name every fault at once and no value', () => {
    const faulty = { ...jobs, TICKET_KEY: 'rahasia', AGENCY_NAME: undefined, TEAMS_APP_ID: 'id' };
    const read = () => loadConfig({ ...faulty, SLACK_SIGNING_SECRET: undefined });
    expect(read).toThrow(
      /TICKET_KEY: at least 32 characters[\s\S]*AGENCY_NAME: missing[\s\S]*TEAMS_APP_PASSWORD: needed with TEAMS_APP_ID[\s\S]*TEAMS_TENANTS: needed/,
    );
    expect(read).not.toThrow(/rahasia/);
  });

  it('take a zone that there is', () => {
    expect(loadConfig({ ...jobs, AGENCY_ZONE: 'Asia/Makassar' }).AGENCY_ZONE).toBe('Asia/Makassar');
    for (const zone of ['WIB', 'Asia/Jakrta', '+07:00'])
      expect(() => loadConfig({ ...jobs, AGENCY_ZONE: zone })).toThrow(/AGENCY_ZONE: no IANA zone/);
  });

  it('name the page on which ballots are given, and whose it is', () => {
    const page = {
      BALLOT: 'web',
      BALLOT_PAGE: 'https://survei.contoh.example/',
      AGENCY_NAME: 'KC',
    };
    expect(loadDoorConfig({ ...door, ...page }).BALLOT_PAGE).toBe('https://survei.contoh.example');
    expect(() => loadDoorConfig({ ...door, BALLOT: 'web' })).toThrow(
      /BALLOT_PAGE: needed with BALLOT=web[\s\S]*AGENCY_NAME: needed with BALLOT=web/,
    );
    for (const odd of ['http://survei.contoh.example', 'survei', 'https://a.example/?x=1'])
      expect(() => loadDoorConfig({ ...door, ...page, BALLOT_PAGE: odd })).toThrow(/BALLOT_PAGE/);
    expect(() => loadDoorConfig({ ...door, BALLOT: 'surat' })).toThrow(/BALLOT: /);
  });

  it('need at least one platform', () => {
    expect(() => loadDoorConfig({ TICKET_KEY: key })).toThrow('one of them is needed');
  });

  it('list the tenants of Teams and what belongs to each in one order', () => {
    const [one, two] = [id(1), id(2)];
    const teams = {
      ...jobs,
      TEAMS_APP_ID: id(3),
      TEAMS_TENANTS: `${one},${two}`,
      TEAMS_APP_PASSWORD: 'rahasia',
    };
    expect(loadConfig(teams).TEAMS_TENANTS).toBe(teams.TEAMS_TENANTS);
    const faulty = {
      ...teams,
      TEAMS_APP_ID: [id(3), id(4), id(5)].join(),
      TEAMS_CATALOG_APPS: 'rahasia',
    };
    const read = () => loadConfig(faulty);
    expect(read).toThrow(
      /TEAMS_APP_ID: found 3, allowed 1 or one for each of 2[\s\S]*TEAMS_APP_PASSWORD: found 1, allowed one for each of 3[\s\S]*TEAMS_CATALOG_APPS: found 1[\s\S]*TEAMS_CATALOG_APPS: not an id/,
    );
    expect(read).not.toThrow(/rahasia/);
  });

  it('a tenant that is no id stops the start', () => {
    const teams = { ...door, TEAMS_APP_ID: id(3), TEAMS_TENANTS: `${id(1)}, ${id(2)}` };
    expect(loadDoorConfig(teams).TEAMS_TENANTS).toBe(teams.TEAMS_TENANTS);
    // Tokens name their tenant in small letters.
    const large = { ...teams, TEAMS_TENANTS: teams.TEAMS_TENANTS.toUpperCase() };
    expect(loadDoorConfig(large).TEAMS_TENANTS).toBe(teams.TEAMS_TENANTS);
    for (const wrong of ['kementerian.onmicrosoft.com', `${id(1)},x`, id(1).slice(1)]) {
      expect(() => loadDoorConfig({ ...teams, TEAMS_TENANTS: wrong })).toThrow(
        'TEAMS_TENANTS: not an id of Microsoft (a GUID)',
      );
      expect(() => loadDoorConfig({ ...teams, TEAMS_APP_ID: wrong })).toThrow(
        'TEAMS_APP_ID: not an id of Microsoft (a GUID)',
      );
    }
  });
});
