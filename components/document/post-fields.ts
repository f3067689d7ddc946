import type { PersonFields } from '@/lib/domain/documents/person-fields';
import { STAMP_FIELD } from '@/lib/domain/form-stamp';

/** Posts the values of a document, as a form that leads to the page with the filled fields. */
export function postFields(path: string, stamp: string, fields: PersonFields): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = path;
  for (const [name, value] of Object.entries({ ...fields, [STAMP_FIELD]: stamp })) {
    const input = document.createElement('input');
    Object.assign(input, { type: 'hidden', name, value });
    form.append(input);
  }
  document.body.append(form);
  form.submit();
  form.remove();
}
