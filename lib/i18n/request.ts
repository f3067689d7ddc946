import { hasLocale } from 'next-intl';
import { getRequestConfig } from 'next-intl/server';
import { brand } from '../config/brand/brand.ts';
import { withTexts } from './flatten.ts';
import { routing } from './routing.ts';

export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale;
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale;
  const messages = locale === 'es' ? await import('./messages/es.json') : await import('./messages/en.json');
  return { locale, messages: withTexts(messages.default, brand().words?.[locale] ?? {}), timeZone: 'UTC' };
});
