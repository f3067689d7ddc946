import type { ReactNode } from 'react';

/** A person's name, number or address in other text, with its own writing direction (HTML, `bdi`) and never translated. */
export function Value({ children }: { children: ReactNode }) {
  return <bdi translate="no">{children}</bdi>;
}

/**
 * A translated text with values.
 *
 * @param text contains each value's name in braces; translate it with `{ name: '{name}' }`
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
