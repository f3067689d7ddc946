import type { Config } from 'tailwindcss';

const role = (name: string) => `var(--${name})`;

/** Colours are roles, not hues: `app/globals.css` gives them values, once for light and once for dark. */
export default {
  content: ['./app/**/*.tsx', './components/**/*.tsx'],
  theme: {
    colors: {
      transparent: 'transparent',
      page: role('page'),
      surface: role('surface'),
      raised: role('raised'),
      ink: role('ink'),
      quiet: role('quiet'),
      line: role('line'),
      control: role('control'),
      accent: role('accent'),
      'accent-strong': role('accent-strong'),
      'on-accent': role('on-accent'),
      danger: role('danger'),
      'danger-soft': role('danger-soft'),
      good: role('good'),
      focus: role('focus'),
    },
    fontFamily: { sans: ['system-ui', '-apple-system', 'Segoe UI', 'Roboto', 'sans-serif'] },
    extend: {
      minHeight: { target: '3.25rem' },
      borderRadius: { control: '0.75rem', panel: '1.25rem' },
    },
  },
} satisfies Config;
