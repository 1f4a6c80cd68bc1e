import { defineFamily } from '../annotations/family.ts';
import type { OptionSpec } from '../options/option.ts';
import { time } from '../options/time.ts';

/** The worker processes of nginx. */
export const workers = defineFamily({
  name: 'workers',
  annotations: {},
  options: {
    'worker-shutdown-timeout': {
      type: time,
      default: '240s',
      example: '30s',
      summary: 'How long old workers may finish their requests after a reload; `0` is without end.',
      becomes: 'worker_shutdown_timeout',
    } satisfies OptionSpec<string>,
  },
  read: () => undefined,
  gives: { main: options => ({ shutdownTimeout: options['worker-shutdown-timeout'] }) },
});
