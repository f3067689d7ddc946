import 'server-only';
import type { CustomerDevice } from '../../auth/customer-device.ts';
import { getBrand } from '../../config/brand/brand.ts';
import { getJourneyContext } from '../../config/get-journey-context.ts';
import type { FillSource } from '../../domain/documents/fill-form.ts';
import { PERSON_FIELDS, type PersonFields, withoutEmpty } from '../../domain/documents/person-fields.ts';
import { getFieldText, readForm } from '../../domain/form-input.ts';
import { getStore } from '../../store/store.ts';
import { type FillResult, fillFromSource } from './fill-from-source.ts';
import { findStamp } from './form-check.ts';
import { findFormSubject } from './form-subject.ts';

/** Reads the values of a posted form that a source filled in. */
export function readPersonFields(form: FormData): PersonFields {
  const input = readForm(form, PERSON_FIELDS);
  return withoutEmpty(Object.fromEntries(PERSON_FIELDS.map((name) => [name, getFieldText(input, name)])));
}

/** The values of a document that the customer's page read. A brand without documents fills nothing. */
const readDocument = (form: FormData): FillValues => ({
  fields: getBrand().documents.length > 0 ? readPersonFields(form) : {},
  source: 'document',
});

type FillValues = { fields: PersonFields; source: FillSource };
export type FillCustomerFormResult = FillResult | { kind: 'another' };

/**
 * Fills the form of the customer behind this request with the values of a document or a wallet.
 *
 * @param form has the stamp of the customer's page
 * @returns `another`: the page belongs to another application than the one of this browser
 */
export async function fillCustomerForm(
  { draftToken, clientIp }: Pick<CustomerDevice, 'draftToken' | 'clientIp'>,
  form: FormData,
  { fields, source }: FillValues = readDocument(form),
): Promise<FillCustomerFormResult> {
  const subject = await findFormSubject(
    { draftToken, clientIp },
    { stepId: 'identity', input: {}, shownErrors: {}, stamp: findStamp(form) },
  );
  if (subject.kind !== 'draft') return { kind: 'another' };
  const { drafts, ledger } = await getStore();
  const { token, begunBy, limitDraft } = subject;
  const context = getJourneyContext(new Date());
  return fillFromSource({ drafts, ledger, limitDraft, context }, { token, fields, source, begunBy });
}
