/** Nothing to show yet, and what to do about it. */

/** Says what is missing and when or how it comes. */
export const EmptyState = ({ title, advice }: { title: string; advice: string }) => (
  <div class="empty">
    <p class="empty-title">{title}</p>
    <p>{advice}</p>
  </div>
);
