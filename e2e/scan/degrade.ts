import jpeg from 'jpeg-js';
import { createRandom } from './random.ts';
import type { Code } from './write-codes.ts';

/** A picture with one byte of brightness for each pixel. */
export type Picture = { width: number; height: number; data: Uint8ClampedArray };

export const DEGRADATIONS = ['none', 'blur', 'noise', 'glare', 'jpeg', 'partial', 'dark'] as const;
export type Degradation = (typeof DEGRADATIONS)[number];

const PAPER = 235;
const INK = 25;
/** Pixels on each side of a code, for the paper and the tilt. */
const MARGIN = 60;

/** Draws a code on paper, tilted by an angle in degrees. A module is `scale` pixels wide. */
export function draw({ width, height, modules, aspect }: Code, scale: number, degrees: number): Picture {
  const [codeWidth, codeHeight] = [width * scale, height * scale * aspect];
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const pictureWidth = Math.ceil(Math.abs(codeWidth * cos) + Math.abs(codeHeight * sin)) + 2 * MARGIN;
  const pictureHeight = Math.ceil(Math.abs(codeWidth * sin) + Math.abs(codeHeight * cos)) + 2 * MARGIN;
  const data = new Uint8ClampedArray(pictureWidth * pictureHeight);
  const isDark = (x: number, y: number) => {
    const [dx, dy] = [x - pictureWidth / 2, y - pictureHeight / 2];
    const column = Math.floor((dx * cos + dy * sin + codeWidth / 2) / scale);
    const row = Math.floor((dy * cos - dx * sin + codeHeight / 2) / (scale * aspect));
    return column >= 0 && row >= 0 && column < width && row < height && modules[row * width + column] === 1;
  };
  for (let y = 0; y < pictureHeight; y += 1)
    for (let x = 0; x < pictureWidth; x += 1) {
      const dark = [0.25, 0.75].flatMap((a) => [0.25, 0.75].map((b) => Number(isDark(x + a, y + b))));
      data[y * pictureWidth + x] = PAPER - ((PAPER - INK) * dark.reduce((sum, one) => sum + one, 0)) / 4;
    }
  return { width: pictureWidth, height: pictureHeight, data };
}

const mapPixels = (picture: Picture, change: (value: number, x: number, y: number) => number): Picture => ({
  ...picture,
  data: picture.data.map((value, index) =>
    change(value, index % picture.width, Math.floor(index / picture.width)),
  ) as Uint8ClampedArray,
});

/** Averages three by three pixels. */
function blur({ width, height, data }: Picture): Picture {
  const blurred = data.slice();
  for (let y = 1; y < height - 1; y += 1)
    for (let x = 1; x < width - 1; x += 1) {
      let sum = 0;
      for (const dy of [-width, 0, width]) for (const dx of [-1, 0, 1]) sum += data[y * width + x + dy + dx] ?? 0;
      blurred[y * width + x] = sum / 9;
    }
  return { width, height, data: blurred };
}

/** Encodes a picture as a JPEG file. */
export function encodeJpeg({ width, height, data }: Picture, quality: number): Buffer {
  const rgba = Buffer.alloc(width * height * 4, 255);
  for (const [index, value] of data.entries()) rgba.fill(value, index * 4, index * 4 + 3);
  return jpeg.encode({ width, height, data: rgba }, quality).data;
}

function compress(picture: Picture): Picture {
  const { data } = jpeg.decode(encodeJpeg(picture, 25), { useTArray: true });
  return { ...picture, data: Uint8ClampedArray.from(picture.data, (_, index) => data[index * 4] ?? 0) };
}

/** Spoils a picture as a cheap camera does. */
export function degrade(picture: Picture, kind: Degradation, seed: number): Picture {
  const { width, height } = picture;
  const random = createRandom(seed);
  const noise = (strength: number) => (random() + random() + random() - 1.5) * strength;
  const [centerX, centerY] = [width * (0.3 + random() * 0.4), height * (0.3 + random() * 0.4)];
  const distance = (x: number, y: number) => Math.hypot(x - centerX, y - centerY) / Math.min(width, height);
  switch (kind) {
    case 'none':
      return picture;
    case 'blur':
      return blur(picture);
    case 'noise':
      return mapPixels(picture, (value) => value + noise(60));
    case 'glare':
      return mapPixels(picture, (value, x, y) => value + 170 * Math.max(0, 1 - distance(x, y) / 0.45));
    case 'jpeg':
      return compress(picture);
    case 'partial':
      return mapPixels(picture, (value, x, y) => (distance(x, y) < 0.045 ? PAPER : value));
    case 'dark':
      return mapPixels(picture, (value) => value * 0.22 + noise(8));
  }
}

/** Places a picture in the middle of a larger one, as a camera sees a document on a desk. */
export function placeOnDesk(picture: Picture, { width, height }: { width: number; height: number }): Picture {
  const data = new Uint8ClampedArray(width * height).fill(90);
  const [left, top] = [Math.floor((width - picture.width) / 2), Math.floor((height - picture.height) / 2)];
  for (let y = Math.max(0, -top); y < Math.min(picture.height, height - top); y += 1)
    for (let x = Math.max(0, -left); x < Math.min(picture.width, width - left); x += 1)
      data[(y + top) * width + x + left] = picture.data[y * picture.width + x] ?? 0;
  return { width, height, data };
}
