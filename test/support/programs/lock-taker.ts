import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { takeLock } from '../../../src/live/apply/lock.ts';
import { PATIENCE_MS } from '../until.ts';

/**
 * A program that takes the lock of a folder again and again, and counts in a file meanwhile, which needs that it is
 * alone: each reads the number and writes the next. Now and then it dies with the lock in its hands.
 */
const [folder = '', times = '', deaths = ''] = process.argv.slice(2);
const counter = join(folder, 'counter');
for (let time = 1; time <= Number(times); time += 1) {
  const locking = await takeLock({
    folder,
    purpose: 'apply',
    timeoutMs: PATIENCE_MS,
    isLasting: () => false,
    signal: new AbortController().signal,
  });
  if (locking.kind !== 'locked') throw new Error(`not locked: ${JSON.stringify(locking)}`);
  const count = Number(readFileSync(counter, 'utf8'));
  // Long enough for others to get in between, were they not kept out.
  await new Promise(resolve => setTimeout(resolve, 2));
  writeFileSync(counter, String(count + 1));
  if (deaths === 'dies' && time === Number(times)) process.kill(process.pid, 'SIGKILL');
  locking.lock.release();
}
