import { hasLocale } from 'next-intl';
import { getRequestConfig } from 'next-intl/server';
import { routing } from '../../i18n/routing.ts';
import { getBrandMessages } from './get-brand-messages.ts';

export default getRequestConfig(async ({ requestLocale }) => {
  const requestedLocale = await requestLocale;
  const locale = hasLocale(routing.locales, requestedLocale) ? requestedLocale : routing.defaultLocale;
  return { locale, messages: getBrandMessages(locale), timeZone: 'UTC' };
});
