import { useTranslations } from '@/components/i18n/translations';

const NAMED_FIELDS = ['firstName', 'middleName', 'lastName', 'lastName2', 'dob', 'gender', 'birthState'] as const;

/** Returns a function that lists the labels of values, in the order of the form. */
export function useFieldNames(): (names: readonly string[]) => string {
  const t = useTranslations('document');
  const tIdentity = useTranslations('steps.identity');
  return (names) =>
    [
      ...NAMED_FIELDS.filter((name) => names.includes(name)).map((name) => tIdentity(name)),
      ...(names.includes('address1') ? [t('addressFilled')] : []),
    ].join(', ');
}
