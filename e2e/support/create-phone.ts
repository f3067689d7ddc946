let phoneCount = 0;

/** A Mexican mobile that no other test uses, in the form in which it is kept (`+52` and ten digits). */
export function createPhone(): string {
  phoneCount += 1;
  const number = `${Date.now() % 10_000}${process.pid % 100}${phoneCount}`.padStart(8, '7').slice(-8);
  return `+5255${number}`;
}
