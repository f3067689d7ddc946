import { CARD_NETWORKS, type CardNetwork } from '@/lib/domain/card/networks';

/** How people write the networks that are named; the others have no place in one line. */
const NAMES: Partial<Record<CardNetwork, string>> = {
  Visa: 'Visa',
  MasterCard: 'Mastercard',
  AmericanExpress: 'American Express',
};

/** The names of the best known networks, until the vault knows the card. */
export const NetworkNames = () => (
  <span aria-hidden="true" className="flex flex-wrap gap-1.5">
    {CARD_NETWORKS.flatMap((network) => NAMES[network] ?? []).map((name) => (
      <span key={name} className="rounded border border-line px-1.5 text-xs leading-5 font-semibold text-quiet">
        {name}
      </span>
    ))}
  </span>
);
