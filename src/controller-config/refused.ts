import type { IdleOption, RefusedOption } from '../options/option.ts';

/** Options of the controller that stock nginx cannot honour, and those that the controller itself no longer reads. */
export const refusedOptions: Readonly<Record<string, RefusedOption | IdleOption>> = {
  'app-root': { summary: 'Sends requests for `/` to this path, as an annotation.', isIdle: true },
  'enable-serial-reloads': {
    summary: 'Whether a reload waits until the workers of the last one have ended.',
    lost: 'a reload never waits; `worker-shutdown-timeout` says how long old workers may go on',
  },
  'lua-shared-dicts': { summary: "The sizes of Lua's shared memory.", lost: 'nginx without Lua has no such memory' },
  'upstream-hash-by': { summary: 'Balances by this text, as an annotation.', isIdle: true },
  'upstream-hash-by-subset': { summary: 'Balances within subsets, as an annotation.', isIdle: true },
  'upstream-hash-by-subset-size': { summary: 'The size of a subset, as an annotation.', isIdle: true },
};
