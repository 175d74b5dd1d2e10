/** Loaded into a server whose clock is wrong, while its database's is right. */
const Real = Date;
const shift = Number(process.env.SHIFT_MINUTES) * 60_000;
globalThis.Date = new Proxy(Real, {
  construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [Real.now() + shift] : args, self) as object,
  apply: () => new Real(Real.now() + shift).toString(),
  get: (target, name) => (name === 'now' ? () => Real.now() + shift : (Reflect.get(target, name) as unknown)),
});
