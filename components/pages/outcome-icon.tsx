type Kind = 'good' | 'problem' | 'pending';

const STROKE_CLASSES: Record<Kind, string> = {
  good: 'stroke-good',
  problem: 'stroke-danger',
  pending: 'stroke-quiet',
};
const SIGNS: Record<Kind, string> = {
  good: 'm14 25 7 7 13-15',
  problem: 'M24 13v14m0 7v.5',
  pending: 'M24 12v13l8 5',
};

/** An icon of the result for customers who do not read well: delivered, not delivered, or pending. */
export function OutcomeIcon({ kind }: { kind: Kind }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 48 48"
      className={`mb-4 size-14 fill-none stroke-3 ${STROKE_CLASSES[kind]}`}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <circle cx="24" cy="24" r="21" />
      <path d={SIGNS[kind]} />
    </svg>
  );
}
