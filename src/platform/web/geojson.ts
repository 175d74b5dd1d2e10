/** Lists as a map, RFC 7946: features that grow while they are read. */
import type { RequestEvent } from '@sveltejs/kit';
import { attachment, begun, stream } from './api.ts';

export type Feature = { properties: object; geometry: object };
type Parts = (after: string) => Promise<{ features: readonly Feature[]; next: string | null }>;

export function geojsonStream(parts: Parts): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let after: string | null = '';
  let first = true;
  /** a feature stands before the next one */
  let stands = false;
  return new ReadableStream({
    async pull(controller) {
      if (after === null) {
        controller.enqueue(encoder.encode(']}\n'));
        return controller.close();
      }
      const part = await parts(after);
      const lines = part.features.map(({ geometry, properties }) => JSON.stringify({ type: 'Feature', geometry, properties }));
      controller.enqueue(encoder.encode((first ? '{"type":"FeatureCollection","features":[\n' : lines.length > 0 && stands ? ',\n' : '') + lines.join(',\n')));
      stands ||= lines.length > 0;
      first = false;
      after = part.next;
    },
  });
}

export const geojsonAnswer = (event: RequestEvent, name: string, parts: Parts): Promise<Response> =>
  stream(event, async () => geojsonStream(await begun(parts)), { 'content-type': 'application/geo+json; charset=utf-8', ...attachment(name, new Date().toISOString().slice(0, 10), 'geojson') });
