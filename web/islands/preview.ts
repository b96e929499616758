/** The preview page's island: puts the platform's look in place of the plain text. */
import { platforms } from '../../core/ports.ts';
import { showPayload } from './payload.ts';

for (const place of document.querySelectorAll<HTMLElement>('[data-payload]')) {
  const platform = platforms.find((each) => each === place.dataset['platform']);
  if (platform === undefined) continue;
  place.replaceChildren(
    ...showPayload(platform, JSON.parse(place.dataset['payload'] ?? '{}'), {
      language: place.lang,
      unknownBlock: '?',
      // A preview answers nothing: its buttons can be reached and do nothing.
      press: () => undefined,
    }),
  );
}
