/** Two digits on two screens, for comparison. */
export function ConfirmationCode({ digits }: { digits: string }) {
  return <p className="text-center text-6xl font-bold tabular-nums">{digits}</p>;
}
