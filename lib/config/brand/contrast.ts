import { clampChroma, converter, formatHex, type Oklch, wcagContrast } from 'culori';
import { COLOR_ROLES, type ColorRole, type Palette } from './theme.ts';

/** Contrast of text, and of edges and focus rings (WCAG 2.2, 1.4.3 and 1.4.11). */
const MIN_TEXT_RATIO = 4.5;
const MIN_SHAPE_RATIO = 3;

/** Foreground, background and required contrast. */
const COLOR_PAIRS: readonly (readonly [on: ColorRole, under: ColorRole, needed: number])[] = [
  ...(['ink', 'quiet', 'danger', 'good'] as const).flatMap((text) =>
    (['page', 'surface', 'raised'] as const).map((background) => [text, background, MIN_TEXT_RATIO] as const),
  ),
  ...(['ink', 'danger'] as const).map((text) => [text, 'dangerSoft', MIN_TEXT_RATIO] as const),
  ...(['accent', 'accentStrong'] as const).map((background) => ['onAccent', background, MIN_TEXT_RATIO] as const),
  ...(['control', 'accent', 'focus'] as const).flatMap((shape) =>
    (['page', 'surface'] as const).map((background) => [shape, background, MIN_SHAPE_RATIO] as const),
  ),
];

export type ContrastProblem = { role: ColorRole; text: string };

const toOklch = converter('oklch');
const LIGHTNESS_STEP = 0.004;

/** Returns the colour of the same hue, nearest in lightness, with enough contrast, if there is one. */
function findNearestColor(color: string, counterpart: string, minRatio: number): string | undefined {
  const start = toOklch(color) as Oklch;
  for (let distance = 0; distance <= 1; distance += LIGHTNESS_STEP) {
    for (const l of [start.l - distance, start.l + distance]) {
      if (l < 0 || l > 1) continue;
      const hex = formatHex(clampChroma({ ...start, l }, 'oklch')) ?? '';
      if (wcagContrast(hex, counterpart) >= minRatio) return hex;
    }
  }
  return undefined;
}

/**
 * Finds pairs without enough contrast. Each problem names a colour of the partner and the nearest one that passes.
 *
 * @param partnerRoles roles that the partner chose; the others are defaults or derived
 */
export function findContrastProblems(palette: Palette, partnerRoles: ReadonlySet<ColorRole>): ContrastProblem[] {
  return COLOR_PAIRS.flatMap(([foreground, background, minRatio]) => {
    const ratio = wcagContrast(palette[foreground], palette[background]);
    if (ratio >= minRatio) return [];
    const role = partnerRoles.has(foreground) ? foreground : background;
    const counterpart = role === foreground ? background : foreground;
    const suggestion = findNearestColor(palette[role], palette[counterpart], minRatio);
    const advice = suggestion ? `; the nearest that does is ${suggestion}` : '';
    const description = `${ratio.toFixed(2)}:1 against ${counterpart} ${palette[counterpart]} and needs ${minRatio}:1`;
    return [{ role, text: `${role} ${palette[role]} has ${description}${advice}` }];
  });
}

/** Derives the hover colour and the text colour of a partner's accent. */
export function completeAccent(partnerPalette: Partial<Palette>): Partial<Palette> {
  const { accent } = partnerPalette;
  if (!accent) return partnerPalette;
  const color = toOklch(accent) as Oklch;
  const isDark = color.l < 0.6;
  const pressedColor = formatHex(clampChroma({ ...color, l: color.l + (isDark ? -0.07 : 0.07) }, 'oklch')) ?? accent;
  const onAccent = wcagContrast('#ffffff', accent) >= wcagContrast('#10151b', accent) ? '#ffffff' : '#10151b';
  return { accentStrong: pressedColor, onAccent, ...partnerPalette };
}

export const isColorRole = (name: string): name is ColorRole => COLOR_ROLES.some((role) => role === name);
