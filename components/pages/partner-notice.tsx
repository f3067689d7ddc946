import { getTranslations } from 'next-intl/server';
import { Fragment } from 'react';
import { Value } from '@/components/ui/value';
import { getStepForm } from '@/lib/domain/journey';
import { listKnownTexts } from '@/lib/domain/known-answers';
import type { StepId } from '@/lib/domain/steps';
import type { JourneyView } from './journey-view';

/** Names the partner who provided the answers below. */
export async function PartnerNotice({ journey: { content, brand } }: { journey: JourneyView }) {
  if (!content.partner) return null;
  const t = await getTranslations('partner');
  return <p className="mb-3 text-quiet">{t('told', { brand: brand.name })}</p>;
}

type Props = { journey: JourneyView; step: StepId; knownFields: readonly string[] };

/**
 * The answers of a step that its page does not ask, because the partner provided them. The fold shows their fields in their
 * places, without script too (`app/globals.css`).
 */
export async function KnownAnswers({ journey: { content, context, brand }, step, knownFields }: Props) {
  const texts = listKnownTexts(getStepForm(content, step), knownFields, context.country);
  if (texts.length === 0) return null;
  const t = await getTranslations('partner');
  const isLocked = knownFields.some((name) => content.partner?.locked.includes(name));
  return (
    <details className="known-fold mb-4 rounded-control border border-line bg-raised px-4 py-2 text-[0.9375rem]">
      <summary className="cursor-pointer">
        <span className="mr-1 text-quiet">{t('known', { brand: brand.name })}</span>
        {texts.map((text, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two answers may be the same
          <Fragment key={index}>
            {index > 0 ? <span>{' · '}</span> : null}
            <Value>{text}</Value>
          </Fragment>
        ))}
        <span className="ml-1 inline-flex min-h-8 items-center underline underline-offset-4">{t('change')}</span>
      </summary>
      {isLocked ? <p className="pt-1 text-quiet">{t('locked', { brand: brand.name })}</p> : null}
    </details>
  );
}
