/** Works on all items, several at once, in their order; ends early, once those begun are done, when one says `stop`. */
export async function eachOf<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<'go on' | 'stop'>,
): Promise<void> {
  const rest = items.values();
  let isStopped = false;
  const worker = async (): Promise<void> => {
    for (const item of rest) {
      if (isStopped) return;
      if ((await work(item)) === 'stop') isStopped = true;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
