/** The root layout hands the reader's words to every component below it. */
import { getContext, setContext } from 'svelte';
import type { Words } from './words.ts';

const KEY = 'abwab words';
export const giveWords = (words: Words): Words => setContext(KEY, words);
export const getWords = (): Words => getContext<Words>(KEY);
