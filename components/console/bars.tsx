type Part = { value: number; isBad?: boolean };
export type Bar = { label: string; parts: readonly Part[]; text: string };

/** A chart of bars that is a table: each row says its number, and draws it beside. */
export function Bars({ caption, bars, most }: { caption: string; bars: readonly Bar[]; most: number }) {
  return (
    <table className="w-full text-left text-[0.9375rem]">
      <caption className="sr-only">{caption}</caption>
      <tbody>
        {bars.map(({ label, parts, text }) => (
          <tr key={label}>
            <th scope="row" className="w-1/3 py-1 pr-3 font-normal wrap-anywhere">
              {label}
            </th>
            <td className="py-1 pr-3">
              <Line parts={parts} most={most} />
            </td>
            <td className="w-1/4 py-1 text-right tabular-nums">{text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Line({ parts, most }: { parts: readonly Part[]; most: number }) {
  const share = (value: number) => `${most > 0 ? (100 * value) / most : 0}%`;
  return (
    <svg aria-hidden="true" width="100%" height="18" className="block">
      <rect width="100%" height="18" rx="3" className="fill-raised" />
      {parts.map(({ value, isBad = false }, at) => {
        const before = parts.slice(0, at).reduce((sum, part) => sum + part.value, 0);
        const look = isBad ? 'fill-danger' : 'fill-accent';
        return <rect key={String(isBad)} x={share(before)} width={share(value)} height="18" rx="3" className={look} />;
      })}
    </svg>
  );
}
