/** What a wave's secrets are called in the secret store. */
/** Names of a wave's secrets: the private key opens ballots, the secret derives ballot keys. */
export const waveSecretName = (waveId: string, part: 'private-key' | 'secret'): string =>
  `wave-${waveId}-${part}`;
