/** The vendor's values. `None` means "rather not say" in our form. */
export const GENDERS = ['Female', 'Male', 'Other', 'None'] as const;
