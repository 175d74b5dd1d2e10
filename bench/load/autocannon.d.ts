/** What is used of it; the package brings no types. */
declare module 'autocannon' {
  type Request = { method: string; path: string; body?: string; headers?: Record<string, string> };
  type Client = { pipelinedRequests: { addBody(part: Uint8Array): void }; setRequests(requests: readonly Request[]): void; on(event: 'response', heard: (status: number) => void): void };
  type Options = { url: string; connections: number; duration?: number; amount?: number; timeout?: number; requests: readonly Request[]; setupClient(client: Client): void };
  export type Result = { duration: number; errors: number; latency: { p50: number; p97_5: number } };
  function autocannon(options: Options, done: (error: Error | null, result: Result) => void): { on(event: 'error', heard: (error: Error) => void): void };
  export default autocannon;
}
