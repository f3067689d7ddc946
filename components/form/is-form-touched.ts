/** Returns whether the form's values differ from those of the server's page. */
export const isFormTouched = (form: HTMLFormElement): boolean => [...form.elements].some(isTouched);

/** Returns whether a control's value differs from that of the server's page. */
export function isTouched(control: Element): boolean {
  if (control instanceof HTMLSelectElement) {
    const defaultOption = [...control.options].find(({ defaultSelected }) => defaultSelected) ?? control.options[0];
    return control.value !== defaultOption?.value;
  }
  if (!(control instanceof HTMLInputElement) || control.type === 'hidden') return false;
  if (control.type === 'radio' || control.type === 'checkbox') return control.checked !== control.defaultChecked;
  return control.value !== control.defaultValue;
}
