import { describe, expect, it } from 'vitest';
import { privacyLine, privacyNotice } from '../../../core/survey/privacy-notice.ts';
import { readCatalogue } from '../../../functions/app/files.ts';

const catalogue = await readCatalogue();

/** What was told under each version. A changed text needs a new version and a new line here; old lines stay. */
const versions: Readonly<Record<string, string>> = {
  '1': '2db1ffd32f445bb8',
};

describe('the privacy notice', () => {
  it('says the same under the same version', () => {
    const { version, hash } = privacyNotice(catalogue);
    expect(versions[version]).toBe(hash);
  });

  it('has another hash for every changed letter', () => {
    const first = privacyNotice(catalogue);
    for (const key of ['privacy.text', 'pulse.threshold', 'pulse.mode.chat', 'pulse.mode.web']) {
      const text = catalogue.messages.get(key);
      if (text === undefined) throw new Error(`no text ${key}`);
      const messages = new Map([...catalogue.messages, [key, { ...text, en: `${text.en}.` }]]);
      expect(privacyNotice({ messages }).hash).not.toBe(first.hash);
    }
  });

  it('is named by version and hash in both languages', () => {
    const { version, hash } = privacyNotice(catalogue);
    expect(privacyLine(catalogue, 'id')).toContain(`versi ${version} (${hash})`);
    expect(privacyLine(catalogue, 'en')).toContain(`version ${version} (${hash})`);
  });
});
