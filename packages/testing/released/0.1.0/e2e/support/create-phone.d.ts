/** A Mexican mobile that no other test uses, in the form in which it is kept (`+52` and ten digits). */
export declare function createPhone(): string;
