import type { ButtonHTMLAttributes } from 'react';

const VARIANT_CLASSES = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong font-semibold',
  secondary: 'border border-control bg-surface text-ink hover:bg-raised font-semibold',
};

export const buttonVariants = (kind: keyof typeof VARIANT_CLASSES = 'primary') =>
  `inline-flex min-h-target w-full cursor-pointer items-center justify-center rounded-control px-6 py-3 text-center transition-colors ${VARIANT_CLASSES[kind]}`;

type Props = ButtonHTMLAttributes<HTMLButtonElement> & { kind?: keyof typeof VARIANT_CLASSES };

/** Pass `aria-disabled` and not `disabled` while a form is pending: a disabled button loses the focus. */
export function Button({ kind = 'primary', className = '', ...rest }: Props) {
  return <button className={`${buttonVariants(kind)} aria-disabled:opacity-70 ${className}`} {...rest} />;
}
