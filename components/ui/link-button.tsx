import type { ReactNode } from 'react';

/** A button that changes what is on the page and looks as light as a link. */
export function LinkButton({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="inline-flex min-h-11 cursor-pointer items-center text-left underline underline-offset-4"
    >
      {children}
    </button>
  );
}
