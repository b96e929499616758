/** The fictional agency of the sample. */
import type { Agency } from '../../jobs/context.ts';

export const sampleAgency: Agency = {
  name: 'Kementerian Contoh',
  letter: 'Surat Edaran Contoh Nomor 1 Tahun 2026',
  contact: 'langkah@kementerian.example',
  zone: 'Asia/Jakarta',
  ballotPage: null,
};

/** Where the sample's people are sent to answer in the `web` mode; this machine shows that page under its own address. */
export const sampleBallotPage = 'https://langkah.kementerian.example';

/** The sample's history begins here and is replayed up to `historyEnds`, by the same clock the studio moves. */
export const historyBegins = new Date('2026-10-11T17:00:00Z');

/** Monday 7 December 2026, 07.00 WIB: two waves published, the third opening, holidays ahead. */
export const historyEnds = new Date('2026-12-07T00:00:00Z');

/** The sample's workspace and tenant. */
export const slackWorkspace = 'T0CONTOH';
export const teamsTenant = '00000000-0000-4000-8000-000000c0de00';
