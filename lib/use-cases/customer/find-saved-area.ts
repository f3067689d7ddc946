import 'server-only';
import { getPostalTable } from '../../config/get-postal-table.ts';
import type { SavedPostalArea } from '../../domain/address/postal-area.ts';
import { normalizePostalCode } from '../../domain/address/postal-code.ts';
import { getFieldText } from '../../domain/form-input.ts';
import { type DraftAnswers, getStepForm } from '../../domain/journey.ts';

/** Returns the area of the saved postal code; undefined without a table of postal codes. */
export function findSavedArea(answers: DraftAnswers): SavedPostalArea | undefined {
  const table = getPostalTable();
  const code = normalizePostalCode('MX', getFieldText(getStepForm(answers, 'address'), 'zipCode'));
  return table && { area: table.find(code) };
}
