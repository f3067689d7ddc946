import { getTranslations } from 'next-intl/server';
import { HELP_TARGET, STEP_FORM_ID, SWITCH_TO_FIELD } from '@/components/form/form-names';
import { TextButton, TextLink } from '@/components/ui/text-link';

const HELP_CLASSES = 'mt-6 text-left text-[0.9375rem] text-quiet';

/** A button that opens the help page and posts the partial form, so that the server stores it. */
export async function HelpButton({ brandName }: { brandName: string }) {
  const t = await getTranslations('continue.help');
  return (
    <TextButton type="submit" form={STEP_FORM_ID} name={SWITCH_TO_FIELD} value={HELP_TARGET} className={HELP_CLASSES}>
      {t('offer', { brand: brandName })}
    </TextButton>
  );
}

/** The link to the help page on pages without a form. */
export async function HelpLink({ brandName, path }: { brandName: string; path: string }) {
  const t = await getTranslations('continue.help');
  return (
    <TextLink href={path} className={HELP_CLASSES}>
      {t('offer', { brand: brandName })}
    </TextLink>
  );
}
