'use client';

import { useTranslations } from '@/components/i18n/translations';
import { TextButton } from '@/components/ui/text-link';

type Props = { isShown: boolean; onRestore: () => void };

/** Says under an edited field that the address is no longer the chosen place's. The live region is there before its text. */
export function DroppedNotice({ isShown, onRestore }: Props) {
  const t = useTranslations('steps.address');
  return (
    <div role="status" className={isShown ? 'mt-2 rounded-control border border-line px-4 py-3' : ''}>
      {isShown ? (
        <>
          <p>{t('dropped')}</p>
          <TextButton type="button" className="text-left" onClick={onRestore}>
            {t('restore')}
          </TextButton>
        </>
      ) : null}
    </div>
  );
}
