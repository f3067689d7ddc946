import type { ReactNode } from 'react';

/**
 * A person's name, street, number or address beside other text: its direction of writing stays its own (HTML, `bdi`), and a
 * browser that translates the page leaves it as it is.
 */
export function Value({ children }: { children: ReactNode }) {
  return <bdi translate="no">{children}</bdi>;
}

/**
 * One of our texts with values in it.
 *
 * @param text with the name of each value in braces; a translation is asked for with `{ name: '{name}' }`
 */
export function TextWithValues({ text, values }: { text: string; values: Readonly<Record<string, string>> }) {
  const parts = text.split(/(\{\w+\})/).map((part, index) => ({ part, at: index, value: values[part.slice(1, -1)] }));
  return (
    <span>
      {parts.map(({ part, at: index, value }) =>
        part.startsWith('{') && value !== undefined ? (
          <Value key={index}>{value}</Value>
        ) : (
          <span key={index}>{part}</span>
        ),
      )}
    </span>
  );
}
