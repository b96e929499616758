/** One number with what it means: label, value, interval, since last time. */

/** A key figure; a hidden one passes its words as `hidden` and no value. */
export const KeyFigure = ({
  label,
  value,
  detail,
  since,
  hidden,
}: {
  label: string;
  value: string | null;
  detail?: string | undefined;
  since?: string | undefined;
  hidden?: string | undefined;
}) => (
  <div class="figure">
    <dt>{label}</dt>
    {value === null ? (
      <dd class="figure-hidden hatched">{hidden}</dd>
    ) : (
      <dd class="figure-value">{value}</dd>
    )}
    {detail ? <dd class="figure-detail">{detail}</dd> : null}
    {since ? <dd class="figure-since">{since}</dd> : null}
  </div>
);
