import * as v from 'valibot';
import { idSchema } from '#kernel/ids.ts';
import { plainText } from '#kernel/text-limits.ts';
import { TOPICS } from './model.ts';

/** An address by https, with a name or number of a machine, and without anybody's password in it. */
const Url = v.pipe(
  v.string('required'), v.trim(), v.minLength(1, 'required'), v.maxLength(500, 'too-long'),
  v.check((text) => {
    const url = URL.parse(text);
    return url !== null && url.protocol === 'https:' && url.username === '' && url.password === '' && url.hostname.includes('.') && url.hash === '';
  }, 'not-an-address'),
  v.transform((text) => new URL(text).href), v.maxLength(500, 'too-long'),
);

export const HookSchema = v.object({ name: plainText({ min: 2, max: 120 }), url: Url, topics: v.optional(v.pipe(v.array(v.picklist(TOPICS, 'invalid')), v.maxLength(TOPICS.length, 'invalid')), []) });
export const HookIdSchema = v.object({ id: idSchema<'hook'>() });
export const DeliveryIdSchema = v.object({ id: idSchema<'delivery'>() });
