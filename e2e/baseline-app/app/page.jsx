/** The bare page that the product's pages are measured against (`bundle-size.spec.ts`). */
export default function Page() {
  return <h1>Nothing</h1>;
}
