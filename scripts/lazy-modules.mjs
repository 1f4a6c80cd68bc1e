// @ts-check
import { builtinModules } from 'node:module';

/** What every run needs at once. */
const NEEDED_ANYWAY = ['fs', 'path'];

const NAMESPACE = 'lazy';

/**
 * Loads Node's own modules when something of them is used first, and not when the bundle is: a run that opens no socket
 * and starts no program has no use for `net` and `child_process`, and loading them all takes a tenth of the start of
 * Node itself. For CommonJS.
 * @type {import('esbuild').Plugin}
 */
export const lazyModules = {
  name: 'lazy-modules',
  setup(build) {
    build.onResolve({ filter: /^(?:node:)?[\w/]+$/ }, ({ path, namespace }) => {
      const name = path.replace(/^node:/, '');
      if (namespace === NAMESPACE || NEEDED_ANYWAY.includes(name) || !builtinModules.includes(name)) return undefined;
      return { path: name, namespace: NAMESPACE };
    });
    build.onLoad({ filter: /.*/, namespace: NAMESPACE }, async ({ path }) => {
      const names = Object.keys(await import(`node:${path}`)).filter(name => name !== 'default');
      const getters = names.map(name => `get ${JSON.stringify(name)}() { return loaded().${name}; }`);
      // Asking `require` again takes microseconds, as long as looking at an address.
      const once = `let known;\nconst loaded = () => (known ??= require("node:${path}"));`;
      return { contents: `${once}\nmodule.exports = {\n${getters.join(',\n')}\n};` };
    });
  },
};
