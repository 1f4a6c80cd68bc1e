import type { FileSet } from '../nginx/file-set.ts';
import { recordOf } from '../routing/record.ts';
import type { Loaded } from './loaded.ts';

/**
 * Files with the routing behind them, by which `diff` knows later what they served. A watch writes none: it would take
 * longer than all else that it does for a small change.
 */
export function withRecord(files: FileSet, { routing, memory }: Pick<Loaded, 'routing' | 'memory'>): FileSet {
  return memory === undefined ? { ...files, record: recordOf(routing) } : files;
}
