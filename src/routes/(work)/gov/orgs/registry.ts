/** Who may open the pages of the registry. What they may do there is decided by use cases. */
import { error } from '@sveltejs/kit';
import { secondFactorFirst } from '#platform/web/guard.ts';
import { maySeeRegistry, mayUpload } from '#features/organisations/access.ts';

export function registryOnly(locals: App.Locals, url: URL): void {
  secondFactorFirst(locals, url);
  if (!maySeeRegistry(locals.actor)) error(403, 'not-allowed');
}

/** Pages on which the registry writes. */
export function registrarsOnly(locals: App.Locals, url: URL): void {
  secondFactorFirst(locals, url);
  if (!mayUpload(locals.actor)) error(403, 'not-allowed');
}
