import { getTranslations } from 'next-intl/server';
import { StampField } from '@/components/form/stamp-field';
import { TextButton } from '@/components/ui/text-link';
import type { Locale } from '@/lib/i18n/routing';

type Props = { locale: Locale; brandName: string; stamp: string; continueAlone: (form: FormData) => Promise<void> };

/** Tells the customer that an agent sees their progress, and lets the customer continue alone. */
export async function AgentSessionBar({ locale, brandName, stamp, continueAlone }: Props) {
  const t = await getTranslations({ locale, namespace: 'continue' });
  return (
    <aside className="border-b border-line text-[0.9375rem]">
      <form
        action={continueAlone}
        className="mx-auto flex w-full max-w-2xl flex-wrap items-center justify-between gap-x-6 px-5 py-1"
      >
        <StampField value={stamp} />
        <span className="py-2 text-quiet">{t('helped', { brand: brandName })}</span>
        <TextButton type="submit">{t('alone')}</TextButton>
      </form>
    </aside>
  );
}
