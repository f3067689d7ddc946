import type { Config } from 'tailwindcss';

const getRole = (name: string) => `var(--${name})`;

/** Colours are roles, not hues: `app/globals.css` gives them values for light and dark, and `app/brand/theme.css` the brand's. */
export default {
  content: ['./app/**/*.tsx', './components/**/*.tsx'],
  theme: {
    colors: {
      transparent: 'transparent',
      page: getRole('page'),
      surface: getRole('surface'),
      raised: getRole('raised'),
      ink: getRole('ink'),
      quiet: getRole('quiet'),
      line: getRole('line'),
      control: getRole('control'),
      accent: getRole('accent'),
      'accent-strong': getRole('accent-strong'),
      'on-accent': getRole('on-accent'),
      danger: getRole('danger'),
      'danger-soft': getRole('danger-soft'),
      good: getRole('good'),
      focus: getRole('focus'),
    },
    fontFamily: { sans: ['system-ui', '-apple-system', 'Segoe UI', 'Roboto', 'sans-serif'] },
    extend: {
      minHeight: { target: '3rem' },
      borderRadius: { control: '0.75rem', panel: '1.25rem' },
    },
  },
} satisfies Config;
