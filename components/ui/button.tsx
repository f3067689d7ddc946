import type { ButtonHTMLAttributes } from 'react';

const LOOK = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong font-semibold',
  secondary: 'border border-control bg-surface text-ink hover:bg-raised font-semibold',
};

export const buttonLook = (kind: keyof typeof LOOK = 'primary') =>
  `inline-flex min-h-target w-full cursor-pointer items-center justify-center rounded-control px-6 py-3 text-center transition-colors ${LOOK[kind]}`;

type Props = ButtonHTMLAttributes<HTMLButtonElement> & { kind?: keyof typeof LOOK };

/** `aria-disabled` and not `disabled` while it works: a disabled button drops the focus. */
export function Button({ kind = 'primary', className = '', ...rest }: Props) {
  return <button className={`${buttonLook(kind)} aria-disabled:opacity-70 ${className}`} {...rest} />;
}
