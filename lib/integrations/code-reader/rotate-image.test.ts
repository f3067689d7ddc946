import { expect, test } from 'vitest';
import { estimateTilt } from './estimate-tilt.ts';
import { type GrayImage, rotateImage, toGrayImage } from './rotate-image.ts';
import { sharpenImage } from './sharpen-image.ts';

/** Vertical bars of three pixels. */
function drawBars(): GrayImage {
  const [width, height] = [240, 160];
  const isInk = (x: number, y: number) => x > 40 && x < 200 && y > 40 && y < 120 && x % 6 < 3;
  const data = Uint8ClampedArray.from({ length: width * height }, (_, at) =>
    isInk(at % width, Math.floor(at / width)) ? 20 : 235,
  );
  return { width, height, data };
}

test('brightness is weighted as the eye sees it: green is brighter than blue', () => {
  const data = Uint8ClampedArray.from([255, 255, 255, 255, 0, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255]);
  const [white = 0, black = 0, green = 0, blue = 0] = toGrayImage({ width: 2, height: 2, data }).data;
  expect([white > 250, black, green > blue]).toEqual([true, 0, true]);
});

test('a picture turned by a right angle has its sides exchanged', () => {
  const { width, height } = rotateImage(drawBars(), 90);
  expect([width, height].map((side) => Math.abs(side))).toEqual([expect.closeTo(160, -1), expect.closeTo(240, -1)]);
});

test.each([-15, -7, -3, 0, 4, 9, 15])(
  'the estimated tilt of bars that are tilted by %i degrees differs by less than 3 degrees',
  (degrees) => {
    const tilt = estimateTilt(rotateImage(drawBars(), degrees));
    expect(Math.abs(tilt - degrees)).toBeLessThan(3);
  },
);

test('a picture without edges has no tilt, and one without pixels is no error', () => {
  expect(estimateTilt({ width: 9, height: 9, data: new Uint8ClampedArray(81).fill(9) })).toBe(0);
  expect(estimateTilt({ width: 0, height: 0, data: new Uint8ClampedArray(0) })).toBe(0);
});

test('a sharpened edge is harder, and an even surface stays', () => {
  const row = [100, 100, 120, 180, 200, 200];
  const data = Uint8ClampedArray.from([...row, ...row, ...row]);
  const sharpened = sharpenImage({ width: 6, height: 3, data }).data;
  expect((sharpened[9] ?? 0) - (sharpened[8] ?? 0)).toBeGreaterThan(60);
  const even = new Uint8ClampedArray(9).fill(50);
  expect(sharpenImage({ width: 3, height: 3, data: even }).data).toEqual(even);
});
