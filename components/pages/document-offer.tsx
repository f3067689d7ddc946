import { getTranslations } from 'next-intl/server';
import { DOCUMENT_TARGET, STEP_FORM_ID, SWITCH_TO_FIELD } from '@/components/form/form-names';
import { TextButton } from '@/components/ui/text-link';
import { type FillSource, getFillSources } from '@/lib/domain/documents/fill-form';
import type { StepId } from '@/lib/domain/steps';
import type { JourneyView } from './journey-view';

/** Offers to fill the form with a document. The button posts the partial form, so that nothing typed is lost. */
export async function DocumentOffer({ journey }: { journey: JourneyView }) {
  if (journey.brand.documents.length === 0) return null;
  const t = await getTranslations('document');
  return (
    <TextButton
      type="submit"
      form={STEP_FORM_ID}
      name={SWITCH_TO_FIELD}
      value={DOCUMENT_TARGET}
      className="-mt-3 -mb-1 sm:-mt-4 sm:mb-2"
    >
      {t('offer')}
    </TextButton>
  );
}

/** Labels of the questions that a source can fill; the parts of a question stand once. */
const IDENTITY_QUESTIONS = ['firstName', 'middleName', 'lastName', 'lastName2', 'dob', 'gender', 'birthState'] as const;

/** Says which answers of the step came from a document or a wallet, until the customer continues. */
export async function FilledNotice({ journey: { content }, step }: { journey: JourneyView; step: StepId }) {
  if (!content.typed?.[step] || !content.filled) return null;
  const sources = getFillSources(content, content.filled);
  const [t, tIdentity] = [await getTranslations('document'), await getTranslations('steps.identity')];
  const listLabels = (source: FillSource) => {
    const hasSource = (name: string) => sources[name] === source || sources[`${name}.day`] === source;
    if (step === 'address') return hasSource('address1') ? t('addressFilled') : '';
    return IDENTITY_QUESTIONS.filter(hasSource)
      .map((name) => tIdentity(name))
      .join(', ');
  };
  return (['document', 'wallet'] as const).map((source) => {
    const fields = step === 'identity' || step === 'address' ? listLabels(source) : '';
    return fields ? (
      <p
        key={source}
        className="mb-3 rounded-control border border-line bg-raised px-3.5 py-2 text-[0.9375rem] leading-snug"
      >
        {t(`filled.${source}`, { fields })}
      </p>
    ) : null;
  });
}
