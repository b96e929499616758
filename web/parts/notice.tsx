/** A remark on the page: something happened, or something went wrong. */
import type { Child } from 'hono/jsx';

/** A calm remark; `live` announces it to a screen reader when the page has just changed. */
export const Notice = ({ live = false, children }: { live?: boolean; children?: Child }) =>
  live ? (
    <output class="notice">{children}</output>
  ) : (
    <div class="notice">
      <p>{children}</p>
    </div>
  );
