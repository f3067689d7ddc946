/** A picture with one byte of brightness for each pixel. */
export type GrayImage = { width: number; height: number; data: Uint8ClampedArray };

/** Weights of red, green and blue in the brightness, in 256ths (ITU-R BT.601). */
const [RED, GREEN, BLUE] = [77, 150, 29];

/** Returns the brightness of a canvas's pixels. */
export function toGrayImage({
  width,
  height,
  data,
}: {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}): GrayImage {
  const gray = new Uint8ClampedArray(width * height);
  for (let index = 0; index < gray.length; index += 1) {
    const pixel = index * 4;
    gray[index] = ((data[pixel] ?? 0) * RED + (data[pixel + 1] ?? 0) * GREEN + (data[pixel + 2] ?? 0) * BLUE) >> 8;
  }
  return { width, height, data: gray };
}

/** Returns the picture turned around its centre; the corners that come into view are white. */
export function rotateImage({ width, height, data }: GrayImage, degrees: number): GrayImage {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const rotatedWidth = Math.ceil(Math.abs(width * cos) + Math.abs(height * sin));
  const rotatedHeight = Math.ceil(Math.abs(width * sin) + Math.abs(height * cos));
  const rotated = new Uint8ClampedArray(rotatedWidth * rotatedHeight).fill(255);
  for (let y = 0; y < rotatedHeight; y += 1) {
    const dy = y - rotatedHeight / 2;
    for (let x = 0; x < rotatedWidth; x += 1) {
      const dx = x - rotatedWidth / 2;
      const sourceX = dx * cos + dy * sin + width / 2;
      const sourceY = dy * cos - dx * sin + height / 2;
      const left = Math.floor(sourceX);
      const top = Math.floor(sourceY);
      if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) continue;
      const at = top * width + left;
      const [partX, partY] = [sourceX - left, sourceY - top];
      const above = (data[at] ?? 0) * (1 - partX) + (data[at + 1] ?? 0) * partX;
      const below = (data[at + width] ?? 0) * (1 - partX) + (data[at + width + 1] ?? 0) * partX;
      rotated[y * rotatedWidth + x] = above * (1 - partY) + below * partY;
    }
  }
  return { width: rotatedWidth, height: rotatedHeight, data: rotated };
}
