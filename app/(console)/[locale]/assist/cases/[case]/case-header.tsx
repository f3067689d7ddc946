import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { CaseBanner } from '@/components/console/case-banner';
import { BACK_TO_FIELD, START_TARGET, STEP_FORM_ID } from '@/components/form/form-names';
import { Button } from '@/components/ui/button';
import { TextButton, TextLink } from '@/components/ui/text-link';
import { isActionPossible } from '@/lib/domain/assist/allowed-case-actions';
import type { CasePage } from '@/lib/http/action-arguments';
import { getCasePath, getNextCustomerPath } from '@/lib/use-cases/agent/console-paths';
import { stopHandOver } from '../../case-actions';
import { CloseCase } from './close-case';
import type { CaseStatusView } from './load-case-status';

type Props = CaseStatusView & { page: CasePage | 'history' };

/** Shows the customer, links to the case's history and to the next customer, and a menu that closes the case or stops the hand-over. */
export async function CaseHeader({ locale, access: { caseRecord }, progress, isAllowed, isAvailable, page }: Props) {
  const t = await getTranslations('assist');
  const { id, customer } = caseRecord;
  const isDone = !isActionPossible('case.fill', progress.state);
  const isFormPage = page !== 'hand-over' && page !== 'history';
  const canClose = isAvailable('case.close');
  return (
    <CaseBanner customer={customer}>
      {isAllowed('case.history') && page !== 'history' ? (
        <TextLink href={getCasePath(locale, id, 'history')}>{t('history.title')}</TextLink>
      ) : null}
      {isFormPage ? (
        <TextButton type="submit" form={STEP_FORM_ID} name={BACK_TO_FIELD} value={START_TARGET}>
          {t('next')}
        </TextButton>
      ) : isDone && page === 'hand-over' && canClose ? null : (
        <TextLink href={getNextCustomerPath(locale)}>{t('next')}</TextLink>
      )}
      {isAvailable('case.stop') || (canClose && !isDone) ? (
        <details className="case-menu">
          <summary>{t('more')}</summary>
          <div>
            {isAvailable('case.stop') ? (
              <MenuItem name={t('stop.open')} text={t('stop.text')}>
                <form action={stopHandOver.bind(null, locale, id)}>
                  <Button type="submit" kind="secondary">
                    {t('stop.confirm')}
                  </Button>
                </form>
              </MenuItem>
            ) : null}
            {canClose && !isDone ? (
              <MenuItem name={t('close.open')} text={t('close.text')}>
                <CloseCase locale={locale} caseId={id} label={t('close.confirm')} />
              </MenuItem>
            ) : null}
          </div>
        </details>
      ) : null}
    </CaseBanner>
  );
}

/** An action that the agent confirms before the app does it, also without script. */
const MenuItem = ({ name, text, children }: { name: string; text: string; children: ReactNode }) => (
  <details name="case-menu">
    <summary>{name}</summary>
    <p className="mb-3">{text}</p>
    {children}
  </details>
);
