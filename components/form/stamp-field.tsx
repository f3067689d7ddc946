import { STAMP_FIELD } from '@/lib/domain/form-stamp';

/** States for whom a form was drawn (`lib/domain/form-stamp.ts`). */
export const StampField = ({ value }: { value: string }) => <input type="hidden" name={STAMP_FIELD} value={value} />;
