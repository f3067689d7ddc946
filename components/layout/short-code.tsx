type Props = { code: string };

/** A short code in two groups of characters. */
export function ShortCode({ code }: Props) {
  return <strong className="text-xl tracking-widest">{code.replace(/(.{4})/, '$1 ')}</strong>;
}
