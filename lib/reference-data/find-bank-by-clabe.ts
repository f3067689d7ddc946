import { clabe } from 'clabe-validator';
import { toComparisonKey } from '../domain/text/comparison-key.ts';

/** `name` is the bank's own; `label` also says what people call it, where the two differ (BANORTE). */
export type Bank = { name: string; label: string };

/**
 * The bank that a CLABE belongs to, by its first three digits (the table of the Banco de México, as the library has
 * it), or undefined when they are none of the table's: banks are founded, so that is no error.
 */
export function findBankByClabe(digits: string): Bank | undefined {
  if (!/^\d{3}/.test(digits)) return undefined;
  const { name, tag = '' } = clabe.banksMap[Number(digits.slice(0, 3))] ?? {};
  if (!name) return undefined;
  const isTagInName = toComparisonKey(name).includes(toComparisonKey(tag.split(' ')[0] ?? ''));
  return { name, label: isTagInName ? name : `${tag} (${name})` };
}
