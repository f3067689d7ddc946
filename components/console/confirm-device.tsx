import { getTranslations } from 'next-intl/server';
import { Button } from '@/components/ui/button';

type Props = { devices: readonly { digits: string; confirm: () => Promise<void> }[] };

/** Devices that opened a hand-over: the agent presses the number that the customer reads aloud. */
export async function ConfirmDevice({ devices }: Props) {
  const t = await getTranslations('assist.handOver.confirm');
  if (devices.length === 0) return null;
  const isOne = devices.length === 1;
  return (
    <section className="my-3 grid gap-3">
      <p className="font-medium">{t(isOne ? 'one' : 'many')}</p>
      {devices.map(({ digits, confirm }) => (
        <form key={digits} action={confirm}>
          <Button type="submit" kind={isOne ? 'primary' : 'secondary'} className="text-2xl tabular-nums">
            {t('yes', { digits })}
          </Button>
        </form>
      ))}
    </section>
  );
}
