import { getTranslations } from 'next-intl/server';
import { StartOver } from '@/components/layout/start-over';
import { ActionBar } from '@/components/ui/action-bar';
import { Alert } from '@/components/ui/alert';
import { buttonVariants } from '@/components/ui/button';
import { LineIcon } from '@/components/ui/line-icon';
import { TextLink } from '@/components/ui/text-link';
import { TextWithValues } from '@/components/ui/value';
import type { StartedJourney } from '@/lib/domain/started-journey';
import type { Locale } from '@/lib/i18n/routing';
import { ReturnLink } from './return-link';

/** The things that the customer needs, each with the path of its icon (24 by 24). */
const NEEDS = {
  needName: 'M3 6h18v12H3zM7 15c0-3 5-3 5 0M9.5 9.2v.1M15 10h3M15 13h3',
  needPhone: 'M8 3h8v18H8zM11.5 18h1',
  needAddress: 'M4 11l8-7 8 7v9h-5v-5H9v5H4z',
  needMoney: 'M3 6h18v12H3zM3 10h18M6 15h4',
} as const;
type Need = keyof typeof NEEDS;

type Props = {
  locale: Locale;
  brandName: string;
  /** The path of the first open page. */
  path: string;
  /** The path on which the customer types an agent's code; undefined without a console. */
  codePath: string | undefined;
  stamp: string;
  /** The application that this device has begun. */
  started: StartedJourney | undefined;
  /** A form was posted whose application is not open on this device: it was another person's, or the browser sent no cookie. */
  notice: 'another' | 'lost' | undefined;
  /** The partner's page; undefined without a link that names one. */
  returnUrl: string | undefined;
};

/** The first page: the purpose, the required information and the start button; or the state of an application in progress. */
export async function StartView(props: Props) {
  const { locale, brandName, path, codePath, stamp, started, notice, returnUrl } = props;
  const t = await getTranslations('start');
  const tForm = await getTranslations('form');
  return (
    <>
      <title>{started ? t('begun.title') : t('title')}</title>
      {notice ? <Alert className="mb-6 font-medium">{notice === 'lost' ? tForm('lost') : t('another')}</Alert> : null}
      {started ? <StartedSection started={started} /> : <NeedsSection brandName={brandName} />}
      <ActionBar>
        <a href={path} className={buttonVariants()}>
          {started ? tForm('continue') : t('begin')}
        </a>
      </ActionBar>
      {started ? null : <p className="mt-2 text-sm text-quiet">{t('pause')}</p>}
      {codePath && !started ? (
        <TextLink href={codePath} className="mt-2 text-[0.9375rem]">
          {t('haveCode')}
        </TextLink>
      ) : null}
      <ReturnLink url={returnUrl} brandName={brandName} />
      {started ? <StartOver locale={locale} stamp={stamp} /> : null}
    </>
  );
}

async function NeedsSection({ brandName }: { brandName: string }) {
  const t = await getTranslations('start');
  return (
    <>
      <p className="mb-1 text-[0.9375rem] font-semibold text-accent">{t('purpose', { brand: brandName })}</p>
      <h1>{t('title')}</h1>
      <p className="mt-2">{t('lead')}</p>
      <h2 className="mt-5 font-bold">{t('needsTitle')}</h2>
      <ul className="mt-3 mb-5 grid gap-3">
        {(Object.keys(NEEDS) as Need[]).map((need) => (
          <li key={need} className="flex items-center gap-3">
            <NeedIcon need={need} />
            <span>{t(need)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The steps with their state in words, since a mark alone says nothing to a screen reader (WCAG 1.1.1). */
async function StartedSection({ started: { firstName, steps } }: { started: StartedJourney }) {
  const t = await getTranslations('start.begun');
  const tSteps = await getTranslations('steps');
  return (
    <>
      <h1>
        {firstName ? (
          <TextWithValues text={t('greeting', { name: '{name}' })} values={{ name: firstName }} />
        ) : (
          t('title')
        )}
      </h1>
      <p className="mt-2">{t('lead')}</p>
      <ol className="mt-5 mb-6 grid gap-3">
        {steps.map(({ id, isDone }) => (
          <li key={id} className="flex items-center gap-3">
            <StepMark isDone={isDone} />
            <span className="grow">{tSteps(`${id}.short`)}</span>
            <span className={isDone ? 'text-good' : 'text-quiet'}>{t(isDone ? 'done' : 'missing')}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

function NeedIcon({ need }: { need: Need }) {
  return (
    <span className="grid size-10 shrink-0 place-items-center rounded-full bg-raised">
      <LineIcon path={NEEDS[need]} className="size-6" />
    </span>
  );
}

function StepMark({ isDone }: { isDone: boolean }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      className={`size-6 shrink-0 fill-none stroke-2 ${isDone ? 'stroke-good' : 'stroke-quiet'}`}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <circle cx="12" cy="12" r="10" />
      {isDone ? <path d="m7.5 12.5 3 3 6-7" /> : null}
    </svg>
  );
}
