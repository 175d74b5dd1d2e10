/** What goes when an account is erased, in figures; `withdrawn` has no answer yet, of `answered` the answer stays. */
export type ErasePreview = { withdrawn: number; answered: number; comments: number; supports: number; follows: number; organisations: number; /** ends with its roles, and keeps its name beside what was done in office */ staff: boolean };
