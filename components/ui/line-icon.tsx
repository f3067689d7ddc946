type Props = {
  /** Outlines in a 24 by 24 square. */
  path: string;
  /** The size. */
  className: string;
};

/** A picture in lines beside a text that says the same, for customers who read little. */
export const LineIcon = ({ path, className }: Props) => (
  <svg
    aria-hidden="true"
    viewBox="0 0 24 24"
    className={`fill-none stroke-accent stroke-[1.75] ${className}`}
    strokeLinecap="round"
    strokeLinejoin="round"
  >
    <path d={path} />
  </svg>
);
