type Props = { lang: string; cue: string; children: string };

/** A sentence that the agent reads aloud in the customer's language, quoted to distinguish it from the agent's notes. */
export function SpokenText({ lang, cue, children }: Props) {
  return (
    <p className="mb-2 border-l-4 border-accent pl-3">
      <span className="sr-only">{`${cue} `}</span>
      <q lang={lang}>{children}</q>
    </p>
  );
}
