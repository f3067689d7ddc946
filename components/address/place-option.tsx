'use client';

import type { Suggestion } from '@/lib/integrations/google-places/google-places';

/** One suggestion in two lines, what was typed in bold. */
export function PlaceOption({ item: { main, secondary, matches } }: { item: Suggestion }) {
  return (
    <>
      <span className="block">
        {parts(main, matches).map(({ at, text, isMatch }) =>
          isMatch ? (
            <strong key={at} className="font-bold">
              {text}
            </strong>
          ) : (
            <span key={at}>{text}</span>
          ),
        )}
      </span>
      <span className="block text-[0.9375rem] text-quiet">{secondary}</span>
    </>
  );
}

type Part = { at: number; text: string; isMatch: boolean };

/** Cuts a text at its matches. Offsets count characters, not UTF-16 units (integrations page, A2). */
function parts(text: string, matches: Suggestion['matches']): Part[] {
  const characters = [...text];
  const cuts: Part[] = [];
  let at = 0;
  const add = (to: number, isMatch: boolean) => {
    if (to > at) cuts.push({ at, text: characters.slice(at, to).join(''), isMatch });
    at = Math.max(at, to);
  };
  for (const [start, end] of matches) {
    add(start, false);
    add(end, true);
  }
  add(characters.length, false);
  return cuts;
}
