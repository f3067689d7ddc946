import type { ReactNode } from 'react';

/** Keeps a page's main button in view while the page scrolls. Its parent must be the page's form or panel. */
export const ActionBar = ({ children }: { children: ReactNode }) => <div className="action-bar">{children}</div>;
