import { getTranslations } from 'next-intl/server';
import { HELP_TARGET, STEP_FORM_ID, SWITCH_TO_FIELD } from '@/components/form/form-names';

const LINK_CLASSES =
  'mt-6 inline-flex min-h-11 cursor-pointer items-center text-left text-[0.9375rem] text-quiet underline underline-offset-4';

/** The way to an agent's help. The half-filled form goes along: nothing that is typed stays behind. */
export async function HelpButton({ brandName }: { brandName: string }) {
  const t = await getTranslations('continue.help');
  return (
    <button type="submit" form={STEP_FORM_ID} name={SWITCH_TO_FIELD} value={HELP_TARGET} className={LINK_CLASSES}>
      {t('offer', { brand: brandName })}
    </button>
  );
}

/** The same from a page on which nothing is typed. */
export async function HelpLink({ brandName, path }: { brandName: string; path: string }) {
  const t = await getTranslations('continue.help');
  return (
    <a href={path} className={LINK_CLASSES}>
      {t('offer', { brand: brandName })}
    </a>
  );
}
