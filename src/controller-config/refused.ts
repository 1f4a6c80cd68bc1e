import type { IdleOption, RefusedOption } from '../options/option.ts';

/** Options of the controller that stock nginx cannot honour, and those that the controller itself no longer reads. */
export const refusedOptions: Readonly<Record<string, RefusedOption | IdleOption>> = {
  'app-root': { summary: 'Sends requests for `/` to this path, as an annotation.', isIdle: true },
  'lua-shared-dicts': { summary: "The sizes of Lua's shared memory.", lost: 'nginx without Lua has no such memory' },
};
