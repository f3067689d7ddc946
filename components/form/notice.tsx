import type { ReactNode } from 'react';

/** A message that must not be missed. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className="rounded-control border-2 border-danger bg-danger-soft p-5 font-medium">
      {children}
    </p>
  );
}
