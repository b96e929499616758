/** Files of the view at hand, as links that keep its choices. */

export type FileLink = { readonly href: string; readonly label: string };

/** A row of links that save a file; `titled` where a heading above already says what `label` does. */
export const Downloads = ({
  label,
  files,
  titled = false,
}: {
  label: string;
  files: readonly FileLink[];
  titled?: boolean;
}) => (
  <nav class="downloads" aria-label={label}>
    {titled ? null : <span aria-hidden="true">{label}</span>}
    {files.map(({ href, label: name }) => (
      <a href={href} download>
        {name}
      </a>
    ))}
  </nav>
);
