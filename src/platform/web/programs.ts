/** Addresses that programs read and write: they know no sitting, and say the same to everybody. `path` is without its language. */
export const isForPrograms = (path: string): boolean => /^\/(api|open311|feeds|record)\//.test(path) || path === '/data/catalog.jsonld';
