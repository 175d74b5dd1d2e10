export type Message = { lang: 'ar' | 'en' | 'ku'; file: string; key: string; text: string };
export function messageProblems(messages: readonly Message[], sources: readonly string[]): string[];
