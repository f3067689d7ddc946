import type { RefObject } from 'react';
import { setFieldValue } from '@/components/form/set-field-value';
import { ADDRESS_FIELDS, type AddressValues } from '@/lib/domain/address/address-values';
import { findState } from '@/lib/domain/address/states';

type Control = HTMLInputElement | HTMLSelectElement;

/** Reads and writes the form's inputs inside an element. They stay uncontrolled, so that browser autofill counts. */
export function createAddressInputs(root: RefObject<HTMLElement | null>) {
  const query = (selector: string) => root.current?.querySelector<Control>(selector) ?? null;
  /** Of radio buttons the chosen one, else the first one. */
  const find = (name: string) => query(`[name="${name}"]:checked`) ?? query(`[name="${name}"]`);
  const read = <Name extends string>(names: readonly Name[]) =>
    Object.fromEntries(names.map((name) => [name, readValue(find(name))])) as Record<Name, string>;
  const getCountry = () => find('countryCode')?.value ?? '';
  return {
    find,
    read,
    readFields: (): AddressValues => read(ADDRESS_FIELDS),
    getCountry,
    write(values: Readonly<Record<string, string>>) {
      for (const [name, value] of Object.entries(values)) {
        const control = find(name);
        if (control?.type === 'radio') chooseRadio(query(`[name="${name}"][value="${CSS.escape(value)}"]`));
        else if (control)
          setFieldValue(
            control,
            control instanceof HTMLSelectElement ? findOption(control, value, getCountry()) : value,
          );
      }
    },
  };
}

const readValue = (control: Control | null): string => {
  const isUnchosen = control instanceof HTMLInputElement && control.type === 'radio' && !control.checked;
  return control && !isUnchosen ? control.value : '';
};

function chooseRadio(radio: Control | null): void {
  if (!(radio instanceof HTMLInputElement)) return;
  radio.checked = true;
  radio.dispatchEvent(new Event('change', { bubbles: true }));
}

export type AddressInputs = ReturnType<typeof createAddressInputs>;

/** Returns the value of the option for a text; a state in any spelling. Empty when there is none. */
function findOption({ options }: HTMLSelectElement, text: string, country: string): string {
  const state = findState(country, text)?.iso;
  const isSame = (value: string) => value === text || (state !== undefined && findState(country, value)?.iso === state);
  return [...options].find(({ value }) => isSame(value))?.value ?? '';
}
