import type { StepFormProps } from '@/components/form/step-form';
import type { PlacesSettings } from '@/lib/config/vendor-settings';

/**
 * What a page gives to the step that it shows: plain data and the action, since it crosses from the server to the
 * browser. The component brings its own rules along, so that a page loads those of its step alone.
 */
export type StepProps = Omit<StepFormProps, 'step' | 'children'> & { places: PlacesSettings | undefined };
