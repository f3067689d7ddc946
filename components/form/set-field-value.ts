/** Writes a value into a field for the customer, and tells the form, which checks its errors again. */
export function setFieldValue(input: HTMLInputElement | HTMLSelectElement, value: string): void {
  input.value = value;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}
