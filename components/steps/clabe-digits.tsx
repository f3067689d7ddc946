import { Value } from '@/components/ui/value';

/** A space follows these digits, as banks print a CLABE: bank, branch, account, check digit. */
const GROUP_ENDS: readonly number[] = [3, 6, 17];

type Props = {
  digits: string;
  /** Positions (from 1) of digits that may have changed places with the next one. */
  swaps: readonly number[];
};

/** The number in groups, with the digits marked that may have changed places. */
export const ClabeDigits = ({ digits, swaps }: Props) => (
  <span aria-hidden="true" className="tabular-nums">
    <Value>
      {[...digits].map((digit, index) => {
        const Tag = swaps.includes(index + 1) || swaps.includes(index) ? 'strong' : 'span';
        return (
          <Tag
            // biome-ignore lint/suspicious/noArrayIndexKey: a digit is its position
            key={index}
            className={`${GROUP_ENDS.includes(index) ? 'ml-[0.5em]' : ''} ${Tag === 'strong' ? 'text-danger underline underline-offset-4' : ''}`}
          >
            {digit}
          </Tag>
        );
      })}
    </Value>
  </span>
);
