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

/** What a page was made of is written down by Kit for a script that takes over in the browser. No page here has one, and the writing costs a sixth of each. */
function nothingTakesOver(): Plugin {
  const written = 'strings[i] = devalue.uneval(payload, get_replacer(i));';
  let met = false;
  return {
    name: 'nothing-takes-over',
    apply: 'build',
    transform(code, id) {
      if (!id.endsWith('/kit/src/runtime/server/page/data_serializer.js')) return;
      met = code.includes(written);
      if (!met) return;
      return { code: code.replace(written, "void payload;\n\t\t\t\tstrings[i] = 'null';"), map: null };
    },
    buildEnd(failed) {
      if (!failed && !met && this.environment.name === 'ssr') this.error('Kit writes the data of pages in another way now: look for data_serializer.js again.');
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
