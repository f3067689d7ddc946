import type { HTMLAttributes, Ref } from 'react';

type Props = HTMLAttributes<HTMLDivElement> & { ref?: Ref<HTMLDivElement> };

/** A message in a red box that screen readers announce at once (ARIA role `alert`). */
export function Alert({ className = '', ...rest }: Props) {
  return (
    <div
      role="alert"
      className={`rounded-control border-2 border-danger bg-danger-soft px-3.5 py-2 ${className}`}
      {...rest}
    />
  );
}
