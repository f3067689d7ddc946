import { getTranslations } from 'next-intl/server';
import { Notice } from '@/components/form/notice';
import { CodeBox } from '@/components/layout/code-box';
import { Button } from '@/components/ui/button';

type Props = { problem: 'gone' | 'later' | undefined; action: (form: FormData) => Promise<void> };

/** Where an agent types the code that a customer shows. Open from the start when the last one was wrong. */
export async function TakeOverForm({ problem, action }: Props) {
  const t = await getTranslations('assist.takeOver');
  return (
    <details open={problem !== undefined} className="mt-6 rounded-control border border-line px-4">
      <summary className="flex min-h-target cursor-pointer items-center font-semibold">{t('open')}</summary>
      <form action={action} className="grid gap-4 pt-2 pb-5">
        {problem ? <Notice>{t(problem)}</Notice> : null}
        <CodeBox label={t('label')} />
        <Button type="submit" kind="secondary">
          {t('action')}
        </Button>
      </form>
    </details>
  );
}
