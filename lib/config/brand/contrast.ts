import { clampChroma, converter, formatHex, type Oklch, wcagContrast } from 'culori';
import { type Palette, ROLES, type Role } from './theme.ts';

/** What text needs, and what edges and focus rings need (WCAG 2.2, 1.4.3 and 1.4.11). */
const TEXT = 4.5;
const SHAPE = 3;

/** What is seen on what, and how well it has to be. */
const PAIRS: readonly (readonly [on: Role, under: Role, needed: number])[] = [
  ...(['ink', 'quiet', 'danger', 'good'] as const).flatMap((text) =>
    (['page', 'surface', 'raised'] as const).map((under) => [text, under, TEXT] as const),
  ),
  ...(['ink', 'danger'] as const).map((text) => [text, 'dangerSoft', TEXT] as const),
  ...(['accent', 'accentStrong'] as const).map((under) => ['onAccent', under, TEXT] as const),
  ...(['control', 'accent', 'focus'] as const).flatMap((shape) =>
    (['page', 'surface'] as const).map((under) => [shape, under, SHAPE] as const),
  ),
];

export type ContrastProblem = { role: Role; text: string };

const toOklch = converter('oklch');
const STEP = 0.004;

/** The colour of the same hue, nearest in lightness, that stands out enough from the other; undefined if none does. */
function nearest(color: string, other: string, needed: number): string | undefined {
  const start = toOklch(color) as Oklch;
  for (let distance = 0; distance <= 1; distance += STEP) {
    for (const l of [start.l - distance, start.l + distance]) {
      if (l < 0 || l > 1) continue;
      const hex = formatHex(clampChroma({ ...start, l }, 'oklch')) ?? '';
      if (wcagContrast(hex, other) >= needed) return hex;
    }
  }
  return undefined;
}

/**
 * The pairs of a palette that cannot be read or seen, each blamed on a colour that the partner gave, with the nearest
 * one that would do.
 *
 * @param given the roles that the partner chose; the others are ours or follow from these
 */
export function contrastProblems(palette: Palette, given: ReadonlySet<Role>): ContrastProblem[] {
  return PAIRS.flatMap(([on, under, needed]) => {
    const ratio = wcagContrast(palette[on], palette[under]);
    if (ratio >= needed) return [];
    const role = given.has(on) ? on : under;
    const other = role === on ? under : on;
    const better = nearest(palette[role], palette[other], needed);
    const advice = better ? `; the nearest that does is ${better}` : '';
    const shown = `${ratio.toFixed(2)}:1 against ${other} ${palette[other]} and needs ${needed}:1`;
    return [{ role, text: `${role} ${palette[role]} has ${shown}${advice}` }];
  });
}

/** What a partner's accent brings along when they say no more: how it looks pressed, and what can be read on it. */
export function completeAccent(given: Partial<Palette>): Partial<Palette> {
  const { accent } = given;
  if (!accent) return given;
  const color = toOklch(accent) as Oklch;
  const isDark = color.l < 0.6;
  const strong = formatHex(clampChroma({ ...color, l: color.l + (isDark ? -0.07 : 0.07) }, 'oklch')) ?? accent;
  const onAccent = wcagContrast('#ffffff', accent) >= wcagContrast('#10151b', accent) ? '#ffffff' : '#10151b';
  return { accentStrong: strong, onAccent, ...given };
}

/** Whether a text names a role. */
export const isRole = (name: string): name is Role => ROLES.some((role) => role === name);
