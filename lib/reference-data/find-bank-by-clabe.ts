import { clabe } from 'clabe-validator';
import { toComparisonKey } from '../domain/text/comparison-key.ts';

/** `label` adds the common name where it differs from the bank's own (BANORTE). */
export type Bank = { name: string; label: string };

/**
 * Finds the bank of a CLABE by its first three digits (table of the Banco de México). An unknown code is no error: new banks
 * appear.
 */
export function findBankByClabe(digits: string): Bank | undefined {
  if (!/^\d{3}/.test(digits)) return undefined;
  const { name, tag = '' } = clabe.banksMap[Number(digits.slice(0, 3))] ?? {};
  if (!name) return undefined;
  const isTagInName = toComparisonKey(name).includes(toComparisonKey(tag.split(' ')[0] ?? ''));
  return { name, label: isTagInName ? name : `${tag} (${name})` };
}
