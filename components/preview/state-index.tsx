type Props = {
  names: readonly string[];
  current: string;
  /** Returns the path of the index with a state in its frame. */
  getPath: (name: string) => string;
  /** Returns the path of the state alone. */
  getStatePath: (name: string) => string;
};

/** Every state by page: a link that shows it in the frame, and one that opens it alone. */
export function StateIndex({ names, current, getPath, getStatePath }: Props) {
  const pages = Map.groupBy(names, (name) => name.split('-', 1)[0] ?? name);
  return (
    <nav aria-label="Pages and states" className="lg:h-[calc(100dvh-9rem)] lg:overflow-y-auto">
      {[...pages].map(([page, states]) => (
        <details key={page} open>
          <summary className="flex min-h-11 cursor-pointer items-center font-semibold">{page}</summary>
          <ul className="mb-2 pl-4">
            {states.map((name) => (
              <li key={name} className="flex items-center justify-between gap-3">
                <a
                  href={getPath(name)}
                  aria-current={name === current ? 'page' : undefined}
                  className="flex min-h-11 items-center underline aria-[current]:font-bold"
                >
                  {name}
                </a>
                <a
                  href={getStatePath(name)}
                  className="flex min-h-11 items-center underline"
                  aria-label={`${name} alone`}
                >
                  alone
                </a>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </nav>
  );
}
