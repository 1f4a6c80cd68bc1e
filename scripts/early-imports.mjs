// @ts-check
import { readFile } from 'node:fs/promises';

const IMPORT = /const (\{[^{}]*\}) = await import\(\s*('[^']+')\s*\);/g;

/**
 * Imports with the rest what src/ imports only when it is needed, for a bundle of one file that nearly always needs it:
 * esbuild puts a function around each module that is imported later, and around each that such a module imports, and
 * calling 600 of them takes a twentieth of the start of a small render.
 * @param {RegExp} leftOut What is not to be in the bundle at all; it is never asked for.
 * @returns {import('esbuild').Plugin}
 */
export function earlyImports(leftOut) {
  return {
    name: 'early-imports',
    setup(build) {
      build.onResolve({ filter: leftOut }, ({ kind, path }) =>
        kind === 'dynamic-import' ? { path, external: true } : undefined,
      );
      build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
        /** @type {Set<string>} */
        const early = new Set();
        const text = await readFile(path, 'utf8');
        const contents = text.replace(IMPORT, (whole, names, from) => {
          if (leftOut.test(from.slice(1, -1))) return whole;
          early.add(`import ${names} from ${from};`);
          return '';
        });
        return { contents: [...early, contents].join(' '), loader: 'ts' };
      });
    },
  };
}
