import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sveltekit } from '@sveltejs/kit/vite';
import adapter from '@sveltejs/adapter-node';
import { build, defineConfig, type Plugin } from 'vite';

const CLIENT = join(import.meta.dirname, '.svelte-kit/output/client');

/** One file for the page that checks receipts, beside the static ones: nothing of the framework, and the record's own engine in it. */
function verifyHere(): Plugin {
  const bundled = async () => {
    const built = await build({
      configFile: false, logLevel: 'warn', resolve: { alias: { '@noble/hashes/sha2.js': join(import.meta.dirname, 'src/platform/web/sha256.ts') } },
      // Browsers that know its signatures know this language too; older ones pass over it, and the server checks.
      build: { write: false, minify: true, target: 'es2022', lib: { entry: 'src/platform/web/verify-here.ts', formats: ['iife'], name: 'verifyHere' } },
    });
    return (built as unknown as { output: { code: string }[] }[])[0]!.output[0]!.code;
  };
  return {
    name: 'verify-here',
    // Pages ship nothing of the framework, so Kit builds no client that it could be emitted into: it is put beside the static files.
    async writeBundle() {
      if (this.environment.name !== 'ssr') return;
      await mkdir(CLIENT, { recursive: true });
      await writeFile(join(CLIENT, 'verify.js'), await bundled());
    },
    configureServer: (server) => void server.middlewares.use('/verify.js', (_request, answer) => {
      void bundled().then((code) => answer.writeHead(200, { 'content-type': 'text/javascript' }).end(code));
    }),
  };
}

/**
 * Kit and Svelte write for a script that takes over in the browser, and no page here has one: what the page was made of (a sixth of its cost), and
 * comments where its parts begin and end. The hash of a style, of which there are as many as kinds of pages, is reckoned once; a number used once is
 * drawn when it is used.
 */
function nothingTakesOver(): Plugin {
  const rewritten: { file: string; written: string; instead: string; met?: boolean }[] = [
    { file: '/kit/src/runtime/server/page/data_serializer.js', written: 'strings[i] = devalue.uneval(payload, get_replacer(i));', instead: "void payload;\n\t\t\t\tstrings[i] = 'null';" },
    { file: '/kit/src/runtime/server/page/csp.js', written: '\tnonce = generate_nonce();', instead: '\t#made;\n\tget nonce() { return (this.#made ??= generate_nonce()); }' },
    { file: '/kit/src/runtime/server/page/render.js', written: 'nonce: /** @type {string} */ (csp.nonce),', instead: 'get nonce() { return csp.nonce; },' },
    { file: '/kit/src/runtime/server/page/csp.js', written: "async function sha256(content) {\n\tconst digest = await crypto.subtle.digest('SHA-256', text_encoder.encode(content));", instead: "const hashed = new Map();\nasync function sha256(content) {\n\tconst digest = await (hashed.get(content) ?? hashed.set(content, crypto.subtle.digest('SHA-256', text_encoder.encode(content))).get(content));" },
  ];
  return {
    name: 'nothing-takes-over',
    apply: 'build',
    transform(code, id) {
      if (id.endsWith('/svelte/src/internal/server/hydration.js')) return { code: code.replace(/<!--\$\{\w+\}-->/g, ''), map: null };
      const these = rewritten.filter(({ file }) => id.endsWith(file));
      if (these.length === 0) return;
      for (const it of these) it.met = code.includes(it.written);
      return { code: these.reduce((text, it) => text.replace(it.written, () => it.instead), code), map: null };
    },
    renderChunk(code) {
      if (this.environment.name === 'ssr') return { code: code.replace(/<!--(?:\[[-!?\d]*|\]|\$\{hash(?:\(html\))?\})?-->/g, ''), map: null };
    },
    buildEnd(failed) {
      const changed = rewritten.find((it) => !it.met);
      if (!failed && changed && this.environment.name === 'ssr') this.error(`Kit is written in another way now: look at ${changed.file} again.`);
    },
  };
}

export default defineConfig({
  plugins: [
    verifyHere(),
    nothingTakesOver(),
    sveltekit({
      adapter: adapter({ out: 'build', precompress: false }),
      // One request before first paint: every style is inlined, its hash goes into the policy header.
      inlineStyleThreshold: 65_536,
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['none'],
          'script-src': ['self'],
          'style-src': ['self'],
          'img-src': ['self', 'data:', 'blob:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'media-src': ['self', 'blob:'],
          'manifest-src': ['self'],
          'worker-src': ['self'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
          'base-uri': ['none'],
        },
      },
    }),
  ],
  // Script runs on the pinned Node alone: older forms of private fields would cost a third of each page. Styles meet old phones.
  build: { target: 'node24', cssTarget: ['chrome87'] },
});
