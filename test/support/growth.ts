import { costsInTwoSizes } from '../../bench/growth/growth-of.mjs';

const MORE_ROUNDS = 10;
/** What is linear grows 4 times, what is quadratic 16 times. */
export const MOST_GROWTH = 8;

/**
 * How many times as much CPU time a work takes for a text that is four times as long. Whatever else the machine does adds
 * to one of the two, so the least of some rounds counts; never a time with a limit.
 */
export function growthOfWork(text: (size: number) => string, size: number, work: (text: string) => unknown): number {
  const measured = (input: string, stage: <T>(name: string, part: () => T) => T): unknown =>
    stage('all', () => work(input));
  let costs = costsInTwoSizes(measured, { text, size, rounds: 2 });
  for (let more = 0; more < MORE_ROUNDS && growthIn(costs) >= MOST_GROWTH; more += 1) {
    costs = costsInTwoSizes(measured, { text, size, rounds: 1 }, [costs]);
  }
  return growthIn(costs);
}

function growthIn({ few, more }: ReturnType<typeof costsInTwoSizes>): number {
  return (more.get('all') ?? 0) / (few.get('all') ?? 0);
}
