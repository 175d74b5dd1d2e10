import * as v from 'valibot';

export const EraseSchema = v.object({ sure: v.literal('yes', 'required') });
