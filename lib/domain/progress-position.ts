import type { StepId } from './steps/index.ts';

/**
 * Returns the number of a page and the number of all pages, as the customer counts them. The card belongs to the payment: if
 * it counted, the total would change with the payment method.
 *
 * @param path the steps that the customer sees
 */
export function getProgressPosition(
  path: readonly StepId[],
  page: StepId | 'review',
): { current: number; total: number } {
  const hasPayment = path.includes('payment');
  const pages = [...path.filter((step) => step !== 'card' || !hasPayment), 'review'];
  return { current: pages.indexOf(page === 'card' && hasPayment ? 'payment' : page) + 1, total: pages.length };
}
