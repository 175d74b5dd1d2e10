/** A whole answer on its way out, and whoever sends it. */
export type Whole = { status: number; headers: Record<string, string | string[]>; body: Buffer };
export type Out = { setHeader(name: string, value: string | number | readonly string[]): unknown; writeHead(status: number): unknown; end(body?: Buffer): unknown };

/** Set by the site on an answer that everybody would get; taken away before it leaves. */
export const SAME_FOR_ALL = 'x-abwab-same';
