/** What the network tells beside an answer: whether a byte of a request left, and how long another must wait. */

/** The name or the connection was not to be had (errno names of Node and undici). */
const notConnected: readonly string[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
];

/** The other side's certificate was refused, so the request was never written (nodejs.org/api/tls.html, "X509 certificate error codes"). */
const notTrusted: readonly string[] = [
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];

/** `sent` is false only when surely nothing left; the reason is our word or the innermost code, never a text. */
export const networkFailure = (
  error: unknown,
): { readonly sent: boolean; readonly reason: string } => {
  const chain = causes(error);
  const codes = chain.map(codeOf).filter((code) => code !== null);
  if (codes.some((code) => notTrusted.includes(code)))
    return { sent: false, reason: 'certificate-refused' };
  // A route can also vanish under an open connection: only `connect` tells that nothing was written.
  if (codes.some((code) => notConnected.includes(code)) || chain.some(whileConnecting))
    return { sent: false, reason: 'not-connected' };
  if (chain.some(({ name }) => name === 'TimeoutError')) return { sent: true, reason: 'timeout' };
  return { sent: true, reason: codes[0] ?? 'no-answer' };
};

const causes = (error: unknown): readonly Error[] =>
  error instanceof Error ? [error, ...causes(error.cause)] : [];

/** The system's or undici's code; a library's own code says only that something failed. */
const codeOf = (error: Error): string | null =>
  'code' in error && typeof error.code === 'string' && /^[A-Z0-9_]+$/.test(error.code)
    ? error.code
    : null;

/** One address after the other is tried: then the failures of all stand in `errors`. */
const whileConnecting = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError && error.errors.length > 0)
    return error.errors.every(whileConnecting);
  return 'syscall' in error && error.syscall === 'connect';
};

/** Seconds of silence that are kept at most: after an hour a platform that is still busy says so again. */
const longestSilence = 3_600;

/** Whole seconds of a Retry-After header, at most an hour; null when absent, given as a date or no number. */
export const retryAfter = (header: string | null): number | null =>
  header !== null && /^\d+$/.test(header.trim()) ? Math.min(longestSilence, Number(header)) : null;
