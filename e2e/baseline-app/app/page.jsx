/** What a page without anything of ours weighs: the ground that the product is measured from (`weight.spec.ts`). */
export default function Page() {
  return <h1>Nothing</h1>;
}
