import { notFound } from 'next/navigation';

/** Answers every unknown address, so that the 404 page is in the language of the address. */
export default function UnknownPage(): never {
  notFound();
}
