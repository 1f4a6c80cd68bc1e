import type { Steps } from '../steps/steps.ts';
import { Refusal } from './events.ts';
import { addListItems } from './objects.ts';
import type { ListItem, Typed } from './objects.ts';
import type { Reading } from './reading.ts';

/**
 * Adds the items of a list while they are read, so that no more than some of their values are in memory. False when one
 * of them cannot be read by itself; then nothing was added, and nothing said.
 *
 * @param read throws a Refusal or a SyntaxError
 */
export function* addWhileReadable(
  reading: Reading,
  list: Typed,
  read: (attempt: Reading) => Iterable<ListItem>,
): Steps<boolean> {
  const held: Parameters<Reading['report']>[0][] = [];
  const skipped = new Map<string, number>();
  const attempt: Reading = { ...reading, report: find => void held.push(find), skipped };
  let isAdding = false;
  try {
    const items = read(attempt);
    isAdding = true;
    yield* addListItems(attempt, list, items);
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof Refusal)) throw error;
    if (isAdding) reading.takeBack();
    return false;
  }
  for (const find of held) reading.report(find);
  for (const [label, count] of skipped) reading.skipped.set(label, (reading.skipped.get(label) ?? 0) + count);
  return true;
}
