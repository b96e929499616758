/** The agency's zone, for commands and hosts outside a cloud. */
import { isZone } from '../../core/calendar/zone-name.ts';
import { ConfigError } from '../../core/errors.ts';
import { sampleAgency } from './story/agency.ts';

/** AGENCY_ZONE, else the sample's; throws ConfigError for what is no zone. */
export const agencyZone = (env: Readonly<Record<string, string | undefined>>): string => {
  const zone = env['AGENCY_ZONE'] || sampleAgency.zone;
  if (isZone(zone)) return zone;
  throw new ConfigError(
    `AGENCY_ZONE: found ${JSON.stringify(zone)}, allowed an IANA zone such as Asia/Makassar`,
  );
};
