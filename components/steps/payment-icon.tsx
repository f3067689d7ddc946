import { LineIcon } from '@/components/ui/line-icon';
import type { PaymentMethodType } from '@/lib/domain/journey-context';

/** Outlines in a 24 by 24 square: a card, a bank, two joined links, a wallet. */
const PATHS: Record<PaymentMethodType, string> = {
  Card: 'M3 6.5A1.5 1.5 0 0 1 4.5 5h15A1.5 1.5 0 0 1 21 6.5v11a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.5v-11ZM3 10h18M6.5 15H11',
  UBN: 'm3 9 9-5 9 5H3ZM5.5 9v8m4.3-8v8m4.4-8v8m4.3-8v8M3.5 20h17',
  BankAccount: 'm10 14 4-4M8.5 11 6 13.5a3.2 3.2 0 0 0 4.5 4.5L13 15.5M11 8.5 13.5 6A3.2 3.2 0 0 1 18 10.5L15.5 13',
  DigitalWallet:
    'M18 8V6a1 1 0 0 0-1-1H5.5a2 2 0 0 0 0 4H19a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H5.5a2 2 0 0 1-2-2V7M16.5 14h.01',
};

/** A picture of a payment method, for customers who read little. */
export const PaymentIcon = ({ type }: { type: PaymentMethodType }) => (
  <LineIcon path={PATHS[type]} className="size-7 shrink-0" />
);
