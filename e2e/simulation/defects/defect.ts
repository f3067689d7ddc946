/** The text in a file, once, and what replaces it. */
export type Edit = { file: string; text: string; replacement: string };
/** A condition that is taken out of the product, in two places where the second one would still hold without the first. */
export type Defect = Edit & { name: string; also?: Edit };
