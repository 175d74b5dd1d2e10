/** Who may open the pages of the registry. What they may do there is decided by use cases. */
import { error } from '@sveltejs/kit';
import { secondFactorFirst } from '#platform/web/guard.ts';
import { maySeeRegistry } from '#features/organisations/access.ts';

export function registryOnly(locals: App.Locals, url: URL): void {
  secondFactorFirst(locals, url);
  if (!maySeeRegistry(locals.actor)) error(403, 'not-allowed');
}
