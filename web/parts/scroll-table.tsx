/** A table that scrolls inside its own region, with its head and first column in view. */
import type { Child } from 'hono/jsx';

/** The region is focusable, so that the keyboard can scroll it; `caption` names both. */
export const ScrollTable = ({
  id,
  caption,
  className = '',
  children,
}: {
  id: string;
  caption: string;
  className?: string;
  children?: Child;
}) => (
  <section class="scroll" tabindex={0} aria-labelledby={id}>
    <table class={className}>
      <caption id={id}>
        <span class="caption-words">{caption}</span>
      </caption>
      {children}
    </table>
  </section>
);
