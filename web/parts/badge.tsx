/** A short mark beside a name. */
import type { Child } from 'hono/jsx';

/** A word in a frame. */
export const Badge = ({ children }: { children?: Child }) => <span class="badge">{children}</span>;
