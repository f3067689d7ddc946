import { getTranslations } from 'next-intl/server';
import { Fragment, type ReactNode } from 'react';
import { TextLink } from '@/components/ui/text-link';
import { Value } from '@/components/ui/value';
import type { Answers, StepId } from '@/lib/domain/steps';
import { buildAnswerGroups } from './answer-rows';

type Props = {
  answers: Answers;
  /** Returns the path on which the customer changes a step; undefined when the step has no page or is locked. */
  getChangePath: (step: StepId) => string | undefined;
};

/** All answers in groups, each with a change link (GOV.UK Design System, check answers). */
export async function AnswerList({ answers, getChangePath }: Props) {
  const t = await getTranslations('review');
  const tSteps = await getTranslations('steps');
  const groups = await buildAnswerGroups(answers);
  return (
    <div className="divide-y divide-line rounded-control border border-line bg-surface">
      {groups.map(({ step, steps, rows }) => (
        <section key={step} className="px-4 py-1">
          <div className="flex min-h-11 items-center justify-between gap-4">
            <h2 className="font-bold">{tSteps(`${step}.short`)}</h2>
            <ChangeLink
              href={steps.map(getChangePath).find((path) => path !== undefined)}
              label={t('changeWhat', { what: tSteps(`${step}.short`) })}
              text={t('change')}
            />
          </div>
          <dl className="-mt-2 mb-1 text-[0.9375rem] leading-snug">
            {rows.map(({ label, isLabelShown, values = [], words }) => (
              <div key={label} className="mt-0.5 flex flex-wrap gap-x-2">
                <dt className={isLabelShown ? 'text-quiet' : 'sr-only'}>{`${label}:`}</dt>
                <dd className="wrap-anywhere">{words ?? <Values values={values} />}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

function ChangeLink({ href, label, text }: { href: string | undefined; label: string; text: string }) {
  if (!href) return null;
  return (
    <TextLink href={href} aria-label={label} className="px-1">
      {text}
    </TextLink>
  );
}

const Values = ({ values }: { values: readonly (string | undefined)[] }) =>
  values.filter(Boolean).map((value = '', index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: two lines of an address may be the same
    <Fragment key={index}>
      {index > 0 ? <span>, </span> : null}
      <Value>{renderBreakable(value)}</Value>
    </Fragment>
  ));

/** Renders an e-mail address so that it breaks after the at sign. */
function renderBreakable(text: string): ReactNode {
  const [before, after] = text.split('@');
  return after === undefined ? (
    text
  ) : (
    <>
      <span>{`${before}@`}</span>
      <wbr />
      <span>{after}</span>
    </>
  );
}
