/** Sentences that people write in the browser, in the same form as those of messages/: what they name, and what they say. */
import { IntlMessageFormat } from 'intl-messageformat';
import { LOCALE, type Lang } from './languages.ts';

type Element = { type: number; value?: string; options?: Record<string, { value: Element[] }> };
const LITERAL = 0;

/** The names in braces, each once; null when the sentence cannot be read. */
export function placeholdersOf(text: string, lang: Lang): string[] | null {
  try {
    const names = new Set<string>();
    const walk = (elements: readonly Element[]): void => {
      for (const it of elements) {
        if (it.type !== LITERAL && it.value !== undefined) names.add(it.value);
        for (const option of Object.values(it.options ?? {})) walk(option.value);
      }
    };
    walk(new IntlMessageFormat(text, LOCALE[lang]).getAst() as Element[]);
    return [...names];
  } catch {
    return null;
  }
}

export const formatText = (text: string, locale: string, params: Record<string, string>): string => String(new IntlMessageFormat(text, locale).format(params));
