import { Children, type ReactNode } from 'react';

/**
 * Renders its children in one line, with a separator between two. `null` and `false` leave no separator.
 */
export function JoinedLine({ children }: { children: ReactNode }) {
  return Children.toArray(children).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a line do not move
    <span key={index}>
      {index > 0 ? <span className="text-quiet">{' · '}</span> : null}
      {part}
    </span>
  ));
}
