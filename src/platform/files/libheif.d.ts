/** The part of libheif-js that is used here; the package has no types of its own for it. */
declare module 'libheif-js/wasm-bundle.js' {
  type Shown = { data: Uint8ClampedArray; width: number; height: number };
  type HeifImage = { is_primary(): boolean; get_width(): number; get_height(): number; display(into: Shown, done: (shown: Shown | null) => void): void };
  const libheif: { HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] } };
  export default libheif;
}
