/** What a wave's secrets are called in the secret store. */
/** Names of a wave's secrets: the private key opens ballots, the secret derives ballot keys. */
export const waveSecretName = (waveId: string, part: 'private-key' | 'secret'): string =>
  `wave-${waveId}-${part}`;

/**
 * Name of the house's key for the sums that tell how members changed. It outlives the waves; a new one begins anew, for
 * sums of two keys are not compared.
 */
export const membersKeyName = 'wave-members-key';
