/** Two digits that two screens show, to be held against each other. */
export function ConfirmationCode({ digits }: { digits: string }) {
  return <p className="text-center text-6xl font-bold tabular-nums">{digits}</p>;
}
