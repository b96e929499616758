/** A titled piece of a page. */
import type { Child } from 'hono/jsx';

/** A section with its heading; `id` names it for links. */
export const Card = ({
  title,
  id,
  level = 2,
  children,
}: {
  title: string;
  id: string;
  level?: 2 | 3;
  children?: Child;
}) => {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section class="card" aria-labelledby={id}>
      <Heading id={id}>{title}</Heading>
      {children}
    </section>
  );
};
