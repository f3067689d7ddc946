import { STAMP_FIELD } from '@/lib/domain/form-stamp';

/** The hidden field with the draft that a form belongs to (`lib/domain/form-stamp.ts`). */
export const StampField = ({ value }: { value: string }) => <input type="hidden" name={STAMP_FIELD} value={value} />;
