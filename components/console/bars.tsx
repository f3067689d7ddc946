type BarPart = { value: number; isBad?: boolean };
/** Two parts of a date have one label, so the label is no id. */
export type Bar = { id: string; label: string; parts: readonly BarPart[]; text: string };

/** A bar chart as a table: each row has its number and a bar. */
export function Bars({ caption, bars, maxValue }: { caption: string; bars: readonly Bar[]; maxValue: number }) {
  return (
    <table className="w-full text-left text-[0.9375rem]">
      <caption className="sr-only">{caption}</caption>
      <tbody>
        {bars.map(({ id, label, parts, text }) => (
          <tr key={id}>
            <th scope="row" className="w-1/3 py-1 pr-3 font-normal wrap-anywhere">
              {label}
            </th>
            <td className="py-1 pr-3">
              <Line parts={parts} maxValue={maxValue} />
            </td>
            <td className="w-1/4 py-1 text-right tabular-nums">{text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Line({ parts, maxValue }: { parts: readonly BarPart[]; maxValue: number }) {
  const formatShare = (value: number) => `${maxValue > 0 ? (100 * value) / maxValue : 0}%`;
  return (
    <svg aria-hidden="true" width="100%" height="18" className="block">
      <rect
        width="100%"
        height="18"
        rx="3"
        className="fill-raised forced-colors:fill-[Canvas] forced-colors:stroke-[CanvasText]"
      />
      {parts.map(({ value, isBad = false }, index) => {
        const before = parts.slice(0, index).reduce((sum, part) => sum + part.value, 0);
        const fillClass = isBad ? 'fill-danger' : 'fill-accent';
        return (
          <rect
            key={String(isBad)}
            x={formatShare(before)}
            width={formatShare(value)}
            height="18"
            rx="3"
            className={fillClass}
          />
        );
      })}
    </svg>
  );
}
