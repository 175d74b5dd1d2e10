/** Stands in the footer until the page is whole and its weight is known. */
export const WEIGHT_MARK = '%abwab.weight%';
