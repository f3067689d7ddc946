import type { AnchorHTMLAttributes, ButtonHTMLAttributes } from 'react';

// The target is 44 px high (WCAG 2.5.5).
const LINK_CLASSES = 'inline-flex min-h-11 items-center underline underline-offset-4';

export function TextLink({ className = '', ...rest }: AnchorHTMLAttributes<HTMLAnchorElement>) {
  return <a className={`${LINK_CLASSES} ${className}`} {...rest} />;
}

/** A link in a line of text: 24 px high (WCAG 2.5.8). */
export function InlineLink({ className = '', ...rest }: AnchorHTMLAttributes<HTMLAnchorElement>) {
  return (
    <a className={`inline-flex min-h-6 min-w-11 items-center underline underline-offset-4 ${className}`} {...rest} />
  );
}

/** Returns the address of a telephone number, without its separators (RFC 3966). */
export const getPhonePath = (phone: string): string => `tel:${phone.replace(/[^\d+]/g, '')}`;

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { type: 'button' | 'submit' };

/** A button with the classes of a link. */
export function TextButton({ className = '', ...rest }: ButtonProps) {
  return <button className={`${LINK_CLASSES} cursor-pointer ${className}`} {...rest} />;
}
