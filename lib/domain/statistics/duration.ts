/** Formats seconds as people say them: `21 s`, `2 min 5 s`, `1 h 5 min`. */
export function formatDuration(seconds: number): string {
  const wholeSeconds = Math.round(seconds);
  const [hours, minutes] = [Math.floor(wholeSeconds / 3_600), Math.floor((wholeSeconds % 3_600) / 60)];
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  const restSeconds = wholeSeconds % 60;
  if (minutes === 0) return `${restSeconds} s`;
  return restSeconds > 0 ? `${minutes} min ${restSeconds} s` : `${minutes} min`;
}
