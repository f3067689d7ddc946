import { notFound } from 'next/navigation';
import { isPlainStep } from '@/components/steps/plain-step';
import type { Locale } from '@/lib/i18n/routing';
import { StepPage, type StepQuery } from '../step-page';

type Props = { params: Promise<{ locale: Locale; step: string }>; searchParams: Promise<StepQuery> };

export default async function Page({ params, searchParams }: Props) {
  const { locale, step } = await params;
  if (!isPlainStep(step)) notFound();
  return <StepPage locale={locale} step={step} query={searchParams} />;
}
