'use client';

import type { Suggestion } from '@/lib/integrations/google-places/google-places';

/** One suggestion in two lines, with the typed text in bold. */
export function PlaceOption({ item: { main, secondary, matches } }: { item: Suggestion }) {
  return (
    <>
      <span className="block">
        {splitAtMatches(main, matches).map(({ offset, text, isMatch }) =>
          isMatch ? (
            <strong key={offset} className="font-bold">
              {text}
            </strong>
          ) : (
            <span key={offset}>{text}</span>
          ),
        )}
      </span>
      <span className="block text-[0.9375rem] text-quiet">{secondary}</span>
    </>
  );
}

type TextPart = { offset: number; text: string; isMatch: boolean };

/** Splits a text at its matches. Offsets count characters, not UTF-16 units (docs/vendor-notes.md#7-places-search). */
function splitAtMatches(text: string, matches: Suggestion['matches']): TextPart[] {
  const characters = [...text];
  const cuts: TextPart[] = [];
  let offset = 0;
  const add = (end: number, isMatch: boolean) => {
    if (end > offset) cuts.push({ offset, text: characters.slice(offset, end).join(''), isMatch });
    offset = Math.max(offset, end);
  };
  for (const [start, end] of matches) {
    add(start, false);
    add(end, true);
  }
  add(characters.length, false);
  return cuts;
}
