import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));
const pdfjsRoot = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
const pdfjs = JSON.parse(readFileSync(join(pdfjsRoot, 'package.json'), 'utf8')) as { version: string };
/** With the version in its name, so that it can be cached for ever like all of /assets. */
const pdfjsAssets = `assets/pdfjs-${pdfjs.version}`;

/** Serves and builds pdf.js's character maps and standard fonts, which it loads one by one when a PDF wants them. */
function pdfjsData(): Plugin {
  const folders = ['cmaps', 'standard_fonts'];
  return {
    name: 'pdfjs-data',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const match = new RegExp(`^/${pdfjsAssets}/(${folders.join('|')})/([\\w.-]+)$`, 'u').exec(
          request.url ?? '',
        );
        if (!match) {
          next();
          return;
        }
        response.setHeader('content-type', 'application/octet-stream');
        response.end(readFileSync(join(pdfjsRoot, match[1] ?? '', match[2] ?? '')));
      });
    },
    generateBundle() {
      for (const folder of folders) {
        for (const file of readdirSync(join(pdfjsRoot, folder))) {
          this.emitFile({
            type: 'asset',
            fileName: `${pdfjsAssets}/${folder}/${file}`,
            source: readFileSync(join(pdfjsRoot, folder, file)),
          });
        }
      }
    },
  };
}

/** React Aria brings its few words in 34 languages; the screens have Japanese and English. */
function twoLanguages(): Plugin {
  return {
    name: 'two-languages',
    enforce: 'pre',
    load: {
      filter: { id: /\/react-(?:aria|stately|aria-components)\/.*\/intl\/.*[a-z]{2}-[A-Z]{2}\.mjs$/u },
      handler: (id) => (/(?:ja-JP|en-US)\.mjs$/u.test(id) ? null : 'export default {};'),
    },
  };
}

/** In development and preview: any address that is no file belongs to the entry above it. */
function entryFallback(): Plugin {
  const route = (url: string | undefined, accept: string | undefined): string | undefined => {
    const path = (url ?? '/').split('?')[0] ?? '/';
    if (accept?.includes('text/html') !== true || /\.\w+$/u.test(path)) return url;
    if (path.startsWith('/api') || path.startsWith('/@')) return url;
    const entry = ['/gallery', '/staff'].find((one) => path === one || path.startsWith(`${one}/`));
    return `${entry ?? ''}/index.html`;
  };
  return {
    name: 'entry-fallback',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        request.url = route(request.url, request.headers.accept) ?? '/';
        next();
      });
    },
    configurePreviewServer(server) {
      server.middlewares.use((request, _response, next) => {
        request.url = route(request.url, request.headers.accept) ?? '/';
        next();
      });
    },
  };
}

function entries(mode: string): Record<string, string> {
  if (mode === 'gallery') return { gallery: join(here, 'gallery/index.html') };
  // For journeys at the portal alone.
  if (mode === 'portal') return { portal: join(here, 'index.html') };
  return { portal: join(here, 'index.html'), staff: join(here, 'staff/index.html') };
}

/**
 * Two entries, one build: the applicant portal at / and the staff console at /staff. The gallery of components is
 * served in development and built only with `--mode gallery` (for its test). UI_API_URL is the API to talk to while
 * developing.
 */
export default defineConfig(({ mode }) => ({
  root: here,
  base: '/',
  appType: 'mpa',
  cacheDir: join(here, '../.cache/vite'),
  plugins: [react(), tailwindcss(), twoLanguages(), pdfjsData(), entryFallback()],
  define: { __PDFJS_ASSETS__: JSON.stringify(`/${pdfjsAssets}`) },
  server: {
    port: 5173,
    proxy: { '/api': { target: process.env['UI_API_URL'] ?? 'http://localhost:3000', changeOrigin: false } },
  },
  build: {
    outDir: join(here, '../dist/ui'),
    emptyOutDir: true,
    target: ['chrome109', 'edge109', 'firefox115', 'safari16'],
    // Small assets as data: URLs would need an opening in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    rolldownOptions: {
      input: entries(mode),
      // What seldom changes stays in the browser's cache over our own releases.
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'vendor',
              test: /\/node_modules\/(?:react|react-dom|scheduler|react-router|@tanstack)\//u,
            },
          ],
        },
      },
      // The index files only pass on names: a page loads the components it uses, not all of them.
      treeshake: {
        moduleSideEffects: [{ test: /\/ui\/(?:components|lib|i18n)\/[^/]+\.tsx?$/u, sideEffects: false }],
      },
    },
  },
}));
