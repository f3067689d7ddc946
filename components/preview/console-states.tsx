import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { buildAgentPrompts } from '@/components/console/agent-prompts';
import { CaseBanner } from '@/components/console/case-banner';
import { CaseStepView } from '@/components/console/case-step-view';
import { ConfirmDevice } from '@/components/console/confirm-device';
import { ConsoleBar } from '@/components/console/console-bar';
import { HandoverOptions } from '@/components/console/handover-options';
import { HandoverProgress } from '@/components/console/handover-progress';
import { HistoryList } from '@/components/console/history-list';
import { SpokenText } from '@/components/console/spoken-text';
import { StatisticsView } from '@/components/console/statistics-view';
import { Worklist } from '@/components/console/worklist';
import { ClientMessages } from '@/components/i18n/client-messages';
import type { PlainStepId } from '@/components/steps/plain-step';
import { sampleActs, sampleCases, sampleCustomer, sampleStatistics, sampleToken } from './console-samples';
import {
  buildEmptyErrors,
  buildSampleJourney,
  buildStepsWithout,
  type PreviewData,
  type VisualState,
} from './sample-journey';

/** The stages of a supervisor's work at the console, with invented people. */
export const consoleStates: [string, VisualState][] = [
  ['console-worklist', (data) => <WorklistScene data={data} />],
  ['console-identity', (data) => <CaseStepScene data={data} step="identity" hasErrors={false} />],
  ['console-identity-errors', (data) => <CaseStepScene data={data} step="identity" hasErrors />],
  ['console-address', (data) => <CaseStepScene data={data} step="address" hasErrors={false} />],
  ['console-payment', (data) => <CaseStepScene data={data} step="payment" hasErrors={false} />],
  ['console-hand-over', (data) => <HandoverScene data={data} />],
  [
    'console-history',
    (data) => (
      <ConsolePage data={data} title="history.title" hasCase>
        <HistoryList locale={data.locale} acts={sampleActs} timeZone="UTC" country={data.context.country} />
      </ConsolePage>
    ),
  ],
  [
    'console-statistics',
    (data) => (
      <ConsolePage data={data} title="figures.title">
        <StatisticsView
          statistics={sampleStatistics}
          country={data.context.country}
          getSortPath={(column) => `#${column}`}
          getCsvPath={() => '#'}
        />
      </ConsolePage>
    ),
  ],
];

type PageProps = {
  data: PreviewData;
  title?: 'history.title' | 'figures.title';
  hasCase?: boolean;
  children: ReactNode;
};

async function ConsolePage({ data, title, hasCase = false, children }: PageProps) {
  const t = await getTranslations('assist');
  return (
    <>
      <ConsoleBar agent={{ name: 'Diana Vega', shop: 'centro', role: 'supervisor' }} locale={data.locale} isPreview />
      {hasCase ? <CaseBanner customer={sampleCustomer} /> : null}
      {title ? (
        <>
          <title>{t(title)}</title>
          <h1 className="mb-4">{t(title)}</h1>
        </>
      ) : null}
      {children}
    </>
  );
}

async function WorklistScene({ data }: { data: PreviewData }) {
  const t = await getTranslations('assist');
  return (
    <ConsolePage data={data}>
      <h1 className="mb-4">{t('title')}</h1>
      <ClientMessages only={['form', 'errors', 'assist']} isForAgent>
        <Worklist title={t('title')} context={data.context} action={data.doNothing} cases={sampleCases} />
      </ClientMessages>
    </ConsolePage>
  );
}

async function CaseStepScene({ data, step, hasErrors }: { data: PreviewData; step: PlainStepId; hasErrors: boolean }) {
  const partialSteps = hasErrors ? { [step]: buildEmptyErrors(data, step) } : undefined;
  const agentPrompts = await buildAgentPrompts({
    step,
    context: data.context,
    lang: 'es',
    hasSearch: data.places !== undefined,
    sources: { firstName: 'customer' },
    children: (
      <section className="handover-panel">
        <HandoverProgress state="waiting" step={step} deviceCount={0} isLive={false} />
        <SampleOffer data={data} />
      </section>
    ),
  });
  return (
    <ConsolePage data={data} hasCase>
      <CaseStepView
        step={step}
        journey={buildSampleJourney(data, {
          steps: buildStepsWithout(data, step),
          ...(partialSteps && { typed: partialSteps }),
        })}
        actions={{ save: data.doNothing, finish: data.doNothing }}
        places={data.places}
        agentPrompts={agentPrompts}
        notice={undefined}
      />
    </ConsolePage>
  );
}

const SampleOffer = ({ data }: { data: PreviewData }) => (
  <HandoverOptions
    link={`https://start.example/continue#${sampleToken}`}
    code="AB2CD3EF"
    entryAddress="start.example/continue"
    brandName={data.brand.name}
    customer={sampleCustomer}
  />
);

async function HandoverScene({ data }: { data: PreviewData }) {
  const t = await getTranslations('assist');
  const tCustomer = await getTranslations({ locale: sampleCustomer.lang, namespace: 'spoken.handOver' });
  return (
    <ConsolePage data={data} hasCase>
      <title>{t('handOver.title')}</title>
      <div className="case">
        <div>
          <HandoverProgress state="waiting" step="review" deviceCount={1} isLive />
          <h1 className="mb-4">{t('handOver.title')}</h1>
          <p className="mb-4">{t('handOver.state.waiting')}</p>
          <SpokenText lang={sampleCustomer.lang} cue={t('say')}>
            {tCustomer('waiting')}
          </SpokenText>
        </div>
        <aside className="case-aside" aria-label={t('case')}>
          <ConfirmDevice devices={[{ digits: '47', confirm: data.doNothing }]} />
          <SampleOffer data={data} />
        </aside>
      </div>
    </ConsolePage>
  );
}
