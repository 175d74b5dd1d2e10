/** Headers of every answer. The content policy itself is written by SvelteKit with the hashes of inlined styles. */
const ALWAYS: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'geolocation=(self), camera=(self), microphone=(self), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'x-frame-options': 'DENY',
};

/** A year: whoever came once by https comes by nothing else. */
const ONLY_HTTPS = `max-age=${365 * 86_400}; includeSubDomains`;

export function protect(response: Response, { signedIn, secure }: { signedIn: boolean; secure: boolean }): Response {
  for (const [name, value] of Object.entries(ALWAYS)) if (!response.headers.has(name)) response.headers.set(name, value);
  if (secure) response.headers.set('strict-transport-security', ONLY_HTTPS);
  // Whoever is told to come later is told when.
  if (response.status === 503 && !response.headers.has('retry-after')) response.headers.set('retry-after', '30');
  if (signedIn && !response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-store');
  return response;
}
