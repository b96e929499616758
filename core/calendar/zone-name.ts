/** Names of time zones, without a library of calendars, which a door would load too. */

/** Whether `zone` is an IANA name this runtime knows; bare offsets are refused, they know no change of clocks. */
export const isZone = (zone: string): boolean => {
  try {
    return /^[A-Za-z]/.test(zone) && new Intl.DateTimeFormat('en', { timeZone: zone }) !== null;
  } catch {
    return false;
  }
};
