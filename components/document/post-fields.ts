import { STAMP_FIELD } from '@/lib/domain/form-stamp';

/** Posts the values of a document or the response of a wallet, as a form that leads to the page with the filled fields. */
export function postFields(path: string, stamp: string, fields: Readonly<Record<string, string>>): void {
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
