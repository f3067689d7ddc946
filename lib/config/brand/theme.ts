/**
 * Colours by role, `#rrggbb`. `page` is the background of `surface` and `raised`; `ink` and `quiet` are text; `line` separates;
 * `control` is the edge of fields; `accent` is the primary button, `accentStrong` its hover colour, `onAccent` the text on both.
 */
export const COLOR_ROLES = [
  'page',
  'surface',
  'raised',
  'ink',
  'quiet',
  'line',
  'control',
  'accent',
  'accentStrong',
  'onAccent',
  'danger',
  'dangerSoft',
  'good',
  'focus',
] as const;
export type ColorRole = (typeof COLOR_ROLES)[number];
export type Palette = Record<ColorRole, string>;
export const SCHEMES = ['light', 'dark'] as const;
export type Scheme = (typeof SCHEMES)[number];
export type Theme = Record<Scheme, Palette>;

export const DEFAULT_THEME: Theme = {
  light: {
    page: '#f4f6f8',
    surface: '#ffffff',
    raised: '#f7f9fb',
    ink: '#16202c',
    quiet: '#50606f',
    line: '#dbe1e7',
    control: '#7b8a98',
    accent: '#0b6b57',
    accentStrong: '#085445',
    onAccent: '#ffffff',
    danger: '#b3261e',
    dangerSoft: '#fdf1f0',
    good: '#0b6b57',
    focus: '#0f62d6',
  },
  dark: {
    page: '#0e141b',
    surface: '#161e27',
    raised: '#1c2630',
    ink: '#eef2f6',
    quiet: '#a9b6c3',
    line: '#2c3844',
    control: '#7f8fa0',
    accent: '#54cdb0',
    accentStrong: '#7adcc5',
    onAccent: '#05231c',
    danger: '#ff9a8f',
    dangerSoft: '#331c1c',
    good: '#54cdb0',
    focus: '#8ab8ff',
  },
};

const toCssName = (role: string) => `--${role.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
const formatDeclarations = (palette: Palette) =>
  COLOR_ROLES.map((role) => `${toCssName(role)}:${palette[role]}`).join(';');

/**
 * Renders the style sheet with the roles as custom properties, for both schemes, or for one regardless of the device.
 */
export function renderThemeCss(theme: Theme, onlyScheme?: Scheme): string {
  if (onlyScheme) return `:root{color-scheme:${onlyScheme};${formatDeclarations(theme[onlyScheme])}}`;
  const { light, dark } = theme;
  return `:root{color-scheme:light dark;${formatDeclarations(light)}}@media (prefers-color-scheme:dark){:root{${formatDeclarations(dark)}}}`;
}
