import { getTranslations } from 'next-intl/server';
import { CodeField } from '@/components/layout/code-field';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';

type Props = {
  isWrong: boolean;
  /** Set after too many failed codes: minutes until another code is accepted. */
  waitMinutes: number | undefined;
  action: (form: FormData) => Promise<void>;
};

/** The form for a customer's code. It is open initially after a failed code. */
export async function TakeOverForm({ isWrong, waitMinutes, action }: Props) {
  const t = await getTranslations('assist.takeOver');
  const problem = waitMinutes ? t('later', { minutes: waitMinutes }) : isWrong ? t('gone') : undefined;
  return (
    <details open={problem !== undefined} className="mt-6 rounded-control border border-line px-4">
      <summary className="flex min-h-target cursor-pointer items-center font-semibold">{t('open')}</summary>
      <form action={action} className="grid gap-4 pt-2 pb-5">
        {problem ? <Alert className="font-medium">{problem}</Alert> : null}
        <CodeField label={t('label')} />
        <Button type="submit" kind="secondary">
          {t('action')}
        </Button>
      </form>
    </details>
  );
}
