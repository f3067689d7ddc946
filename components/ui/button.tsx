import type { ButtonHTMLAttributes } from 'react';

// Forced colours remove the backgrounds, so each button has a border (WCAG 1.4.11).
const VARIANT_CLASSES = {
  primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-strong font-semibold',
  secondary: 'border-control bg-surface text-ink hover:bg-raised font-semibold',
};

export const buttonVariants = (kind: keyof typeof VARIANT_CLASSES = 'primary') =>
  `inline-flex min-h-target w-full cursor-pointer items-center justify-center rounded-control border px-6 py-2 text-center transition-colors ${VARIANT_CLASSES[kind]}`;

type Props = ButtonHTMLAttributes<HTMLButtonElement> & { kind?: keyof typeof VARIANT_CLASSES };

/** Pass `aria-disabled` and not `disabled` while a form is pending: a disabled button loses the focus. */
export function Button({ kind = 'primary', className = '', ...rest }: Props) {
  return <button className={`${buttonVariants(kind)} aria-disabled:opacity-70 ${className}`} {...rest} />;
}
