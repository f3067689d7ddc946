import { getTranslations } from 'next-intl/server';

type Stage = { key: 'received' | 'sending' | 'checking' | 'finish'; state: 'done' | 'current' | 'later' };

const MARK_CLASSES: Record<Stage['state'], string> = {
  done: 'border-good bg-good forced-colors:bg-[CanvasText]',
  current: 'border-accent pulse',
  later: 'border-control',
};

/** The stages of the details: stored, on their way, and the last step. Each state stands in words for screen readers. */
export async function OutcomeProgress({ view }: { view: 'sending' | 'checking' }) {
  const t = await getTranslations('outcomeStages');
  const stages: readonly Stage[] = [
    { key: 'received', state: 'done' },
    { key: view, state: 'current' },
    { key: 'finish', state: 'later' },
  ];
  return (
    <ol className="mb-6 grid gap-3">
      {stages.map(({ key, state }) => (
        <li key={key} className="flex items-center gap-3" aria-current={state === 'current' ? 'step' : undefined}>
          <span aria-hidden="true" className={`size-4 shrink-0 rounded-full border-2 ${MARK_CLASSES[state]}`} />
          <span className={state === 'current' ? 'font-semibold' : 'text-quiet'}>{t(key)}</span>
          <span className="sr-only">{t(state)}</span>
        </li>
      ))}
    </ol>
  );
}
