import { useEffect, useState } from 'react';

/**
 * Returns the bank's name from a table that loads once the customer types an account.
 *
 * @param firstDigits the bank's digits, or an empty text while they are not complete
 */
export function useBank(firstDigits: string): string | undefined {
  const [bank, setBank] = useState<{ firstDigits: string; label: string | undefined }>();
  useEffect(() => {
    if (firstDigits === '') return;
    let isStale = false;
    import('@/lib/reference-data/find-bank-by-clabe').then(
      ({ findBankByClabe }) => isStale || setBank({ firstDigits, label: findBankByClabe(firstDigits)?.label }),
      () => {}, // the bank's name is optional
    );
    return () => {
      isStale = true;
    };
  }, [firstDigits]);
  return bank?.firstDigits === firstDigits ? bank.label : undefined;
}
