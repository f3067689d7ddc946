/** The input for a short code. */
export function CodeField({ label }: { label: string }) {
  return (
    <div>
      <label htmlFor="code" className="mb-1 block font-semibold">
        {label}
      </label>
      <input
        id="code"
        name="code"
        className="control uppercase"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        enterKeyHint="go"
      />
    </div>
  );
}
