/** Asking a witness. Whatever it does, it costs its time and a bounded answer, and nothing of it is believed here. */

/** `unreachable`: no answer, not in time, or none of the protocol's. */
export type WitnessReply = { status: 200; body: string } | { status: 409; size: number } | { status: 400 | 403 | 404 | 422 } | { status: 'unreachable' };
export type AskWitness = (url: string, request: string) => Promise<WitnessReply>;

const LONGEST_ANSWER = 64_000;

export const askWitness = (timeoutMs: number): AskWitness => async (url, request) => {
  try {
    const answer = await fetch(`${url}/add-checkpoint`, {
      method: 'POST', body: request, redirect: 'error', signal: AbortSignal.timeout(timeoutMs), headers: { 'content-type': 'text/plain; charset=utf-8', 'user-agent': 'abwab' },
    });
    const body = await bounded(answer);
    if (answer.status === 200) return { status: 200, body };
    const size = answer.status === 409 && /^(0|[1-9]\d{0,15})\n?$/.exec(body)?.[1];
    if (size && Number.isSafeInteger(Number(size))) return { status: 409, size: Number(size) };
    return answer.status === 400 || answer.status === 403 || answer.status === 404 || answer.status === 422 ? { status: answer.status } : { status: 'unreachable' };
  } catch {
    return { status: 'unreachable' };
  }
};

async function bounded(answer: Response): Promise<string> {
  let size = 0;
  const parts: Uint8Array[] = [];
  for await (const part of answer.body ?? []) {
    if ((size += part.length) > LONGEST_ANSWER) throw new Error('longer than any cosignature');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
