import { getMessages, getTranslations } from 'next-intl/server';
import { BACK_TO_FIELD, STEP_FORM_ID } from '@/components/form/form-names';
import { type AnswerRow, buildAnswerGroups } from '@/components/review/answer-rows';
import { TextButton } from '@/components/ui/text-link';
import { Value } from '@/components/ui/value';
import type { Answers, StepId } from '@/lib/domain/steps';
import { withAgentTexts } from '@/lib/i18n/agent-texts';
import { JoinedLine } from './joined-line';

/** Rows of a step that fit into its line. */
const MAX_ROWS = 3;

/** The other steps that have an answer, one line each. Changing one posts the form of this page half filled. */
export async function FilledSteps({ answers, page }: { answers: Answers; page: StepId }) {
  const t = await getTranslations('assist');
  const { steps } = withAgentTexts(await getMessages());
  // The card is the customer's alone.
  const groups = (await buildAnswerGroups(answers)).filter(({ step }) => step !== page && step !== 'card');
  if (groups.length === 0) return null;
  return (
    <ul className="mb-3 border-b border-line pb-1" aria-label={t('filled')}>
      {groups.map(({ step, rows }) => (
        <li key={step} className="flex items-center gap-3 text-[0.9375rem]">
          <span aria-hidden="true" className="text-good">
            ✓
          </span>
          <span className="filled-step">
            <JoinedLine>
              <strong>{steps[step].short}</strong>
              {listAnswers(rows).map((row) => (
                <RowText key={row.label} {...row} />
              ))}
            </JoinedLine>
          </span>
          <TextButton
            type="submit"
            form={STEP_FORM_ID}
            name={BACK_TO_FIELD}
            value={step}
            aria-label={t('changeWhat', { what: steps[step].short })}
            className="ml-auto px-2"
          >
            {t('change')}
          </TextButton>
        </li>
      ))}
    </ul>
  );
}

/** Hints speak to the customer. */
const listAnswers = (rows: readonly AnswerRow[]) => rows.filter(({ isHint }) => !isHint).slice(0, MAX_ROWS);

const RowText = ({ values = [], words }: AnswerRow) =>
  words ? <span>{words}</span> : <Value>{values.filter(Boolean).join(', ')}</Value>;
