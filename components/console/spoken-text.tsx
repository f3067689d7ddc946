type Props = { lang: string; cue: string; children: string };

/** A sentence that an agent reads out, in the customer's language: quoted, and set apart from what is for the agent alone. */
export function SpokenText({ lang, cue, children }: Props) {
  return (
    <p className="mb-2 border-l-4 border-accent pl-3">
      <span className="sr-only">{`${cue} `}</span>
      <q lang={lang}>{children}</q>
    </p>
  );
}
