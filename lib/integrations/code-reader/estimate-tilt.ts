import type { GrayImage } from './rotate-image.ts';

/** Every so many rows are looked at: the edges of a code are many. */
const ROW_STEP = 2;

/**
 * Estimates by how many degrees (-90 to 90) the bars of a picture are tilted, from the direction of its edges (structure tensor). A
 * PDF417 code has far more edges across its bars than along them.
 */
export function estimateTilt({ width, height, data }: GrayImage): number {
  let [horizontal, vertical, mixed] = [0, 0, 0];
  for (let y = 1; y < height - 1; y += ROW_STEP)
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      // Roberts' cross uses neighbours one pixel apart: bars of three pixels keep their direction.
      const [first, second] = [
        (data[at + width + 1] ?? 0) - (data[at] ?? 0),
        (data[at + 1] ?? 0) - (data[at + width] ?? 0),
      ];
      const [dx, dy] = [first + second, first - second];
      horizontal += dx * dx;
      vertical += dy * dy;
      mixed += dx * dy;
    }
  return (Math.atan2(2 * mixed, horizontal - vertical) / 2) * (180 / Math.PI);
}
