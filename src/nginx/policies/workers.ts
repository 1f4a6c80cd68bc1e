import { bareWord } from '../quote.ts';

import type { MainRenderer } from '../parts.ts';

export const renderWorkers: MainRenderer<'workers'> = ({ shutdownTimeout }, { text }) => ({
  lines: text('policies/workers.main.conf', { shutdownTimeout: bareWord(shutdownTimeout) }),
});
