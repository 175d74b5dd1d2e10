import type { Snippet } from 'svelte';

/** A sentence, or a snippet where the sentence holds a code, a link or user text. */
export type Words = string | Snippet;

/** What a state, a notice or a mark tells; always said in words beside the colour. */
export type Tone = 'open' | 'ok' | 'warn' | 'late' | 'error' | 'info' | 'idle';

/** `lang` is set on links that lead to another language. */
export type Link = { href: string; label: string; lang?: string | undefined };

export type Option = { value: string; label: string; hint?: string | undefined };
