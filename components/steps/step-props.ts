import type { StepFormProps } from '@/components/form/step-form';
import type { PlacesSettings } from '@/lib/config/vendor-settings';
import type { SavedPostalArea } from '@/lib/domain/address/postal-area';

/**
 * The props of a step from its page: serializable data and the action. The component imports its own schema, so that a page
 * loads only the schema of its step.
 */
export type StepProps = Omit<StepFormProps, 'step' | 'children'> & {
  places: PlacesSettings | undefined;
  /** Given where the operator has imported the table of Mexican postal codes. */
  postal?: SavedPostalArea | undefined;
};
