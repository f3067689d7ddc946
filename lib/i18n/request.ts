import { hasLocale } from 'next-intl';
import { getRequestConfig } from 'next-intl/server';
import { routing } from './routing.ts';

export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale;
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale;
  const messages = locale === 'es' ? await import('./messages/es.json') : await import('./messages/en.json');
  return { locale, messages: messages.default, timeZone: 'UTC' };
});
