/** Which privacy notice a wave was opened under. */
import type { Transaction } from 'kysely';
import type { PrivacyNotice } from '../../survey/privacy-notice.ts';
import type { Tables } from '../schema.ts';

/** Notes it at the launch. */
export const noteNotice = async (
  trx: Transaction<Tables>,
  waveId: string,
  { version, hash }: PrivacyNotice,
): Promise<void> => {
  await trx
    .updateTable('waves')
    .set({ notice_version: version, notice_hash: hash })
    .where('id', '=', waveId)
    .execute();
};
