import { notFound } from 'next/navigation';

/** Every address that nothing else answers, so that the 404 speaks the page's language. */
export default function UnknownPage(): never {
  notFound();
}
