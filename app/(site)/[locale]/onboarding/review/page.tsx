import { getTranslations } from 'next-intl/server';
import { Notice } from '@/components/form/notice';
import { StepHeader } from '@/components/layout/step-header';
import { AnswerList } from '@/components/review/answer-list';
import { CallLocation } from '@/components/review/call-location';
import { Consent } from '@/components/review/consent';
import { SubmitForm } from '@/components/review/submit-form';
import { ClientWords } from '@/components/words/client-words';
import { brand } from '@/lib/config/brand/brand';
import { consentText } from '@/lib/config/brand/consent';
import type { Locale } from '@/lib/i18n/routing';
import { guardPage, pageBefore, pagePath } from '@/lib/session/guard';
import { submitOnboarding } from '../actions';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<{ reworded?: string }> };

export default async function ReviewPage({ params, searchParams }: Props) {
  const { locale } = await params;
  const { walk, draft } = await guardPage(locale, 'review');
  const t = await getTranslations('review');
  const { askCallLocation } = brand();
  return (
    <ClientWords only={['form', 'review']}>
      <title>{t('title')}</title>
      <StepHeader walk={walk} page="review" title={t('title')} back={pageBefore(locale, walk, 'review')} />
      <AnswerList
        answers={walk.answers}
        saved={draft?.content.steps ?? {}}
        changePath={(step) => (walk.path.includes(step) ? pagePath(locale, step) : undefined)}
      />
      <SubmitForm action={submitOnboarding.bind(null, locale)} submitLabel={t('submit')}>
        {askCallLocation ? <CallLocation /> : null}
        {(await searchParams).reworded === undefined ? null : <Notice>{t('reworded')}</Notice>}
        <Consent {...consentText(brand(), locale)} />
      </SubmitForm>
    </ClientWords>
  );
}
