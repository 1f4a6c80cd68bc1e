import type { CharacterTest, Syntax } from './regex-syntax.ts';

/** A character of an expression, with those that may come next. The same one twice: there are two ways to it. */
interface Position {
  readonly test: CharacterTest;
  readonly next: Position[];
}

/** A part of an expression: where it begins and ends, and whether it may match nothing. */
interface Part {
  readonly first: readonly Position[];
  readonly last: readonly Position[];
  readonly isNullable: boolean;
}

const NOTHING: Part = { first: [], last: [], isNullable: true };

/** What is larger is left alone: the work grows with the square of it. */
const MOST_POSITIONS = 200;
const LARGEST_LOOP = 30;

function link(from: readonly Position[], to: readonly Position[]): void {
  for (const position of from) position.next.push(...to);
}

function joined(a: Part, b: Part): Part {
  link(a.last, b.first);
  return {
    first: a.isNullable ? [...a.first, ...b.first] : a.first,
    last: b.isNullable ? [...a.last, ...b.last] : b.last,
    isNullable: a.isNullable && b.isNullable,
  };
}

/** Takes an expression apart into its characters. Source: V. M. Glushkov, The abstract theory of automata (1961). */
function partOf(syntax: Syntax, all: Position[]): Part {
  const add = (test: CharacterTest): Part => {
    const position = { test, next: [] };
    all.push(position);
    return { first: [position], last: [position], isNullable: false };
  };
  switch (syntax.kind) {
    case 'character':
      return add(syntax.test);
    // It takes no character, and what follows it may fail.
    case 'never':
      return add(() => false);
    case 'sequence':
      return syntax.parts.reduce<Part>((before, part) => joined(before, partOf(part, all)), NOTHING);
    case 'choice': {
      const parts = syntax.branches.map(branch => partOf(branch, all));
      return {
        first: parts.flatMap(({ first }) => first),
        last: parts.flatMap(({ last }) => last),
        isNullable: parts.some(({ isNullable }) => isNullable),
      };
    }
    case 'repeat': {
      const { first, last } = partOf(syntax.of, all);
      link(last, first);
      return { first, last, isNullable: true };
    }
  }
}

/** The characters that a test may be asked about, those of a path in lower case, and the line feed. */
const ASKED = ['\n', ...Array.from({ length: 95 }, (_, code) => String.fromCharCode(32 + code))].filter(
  character => character === character.toLowerCase(),
);

/** Whether there is a character that both take. */
function shareCharacter(a: Position, b: Position): boolean {
  return ASKED.some(character => a.test(character) && b.test(character));
}

/** Positions that lead to each other, in groups of which each is a loop. */
function loopsOf(all: readonly Position[]): readonly ReadonlySet<Position>[] {
  const reaches = new Map(all.map(position => [position, reachedFrom([position], ({ next }) => next)]));
  const loops: Set<Position>[] = [];
  const placed = new Set<Position>();
  for (const position of all) {
    if (placed.has(position) || reaches.get(position)?.has(position) !== true) continue;
    const loop = new Set(all.filter(other => isBothWays(reaches, position, other)));
    for (const each of loop) placed.add(each);
    loops.push(loop);
  }
  return loops;
}

function isBothWays(reaches: ReadonlyMap<Position, ReadonlySet<Position>>, a: Position, b: Position): boolean {
  return reaches.get(a)?.has(b) === true && reaches.get(b)?.has(a) === true;
}

/** All that some nodes lead to, in one step or more. */
function reachedFrom<N>(nodes: readonly N[], nextOf: (node: N) => readonly N[]): ReadonlySet<N> {
  const reached = new Set<N>();
  const waiting = [...nodes];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const next of nextOf(node)) {
      if (reached.has(next)) continue;
      reached.add(next);
      waiting.push(next);
    }
  }
  return reached;
}

/**
 * Whether a loop can read one text in two ways and be where it began: each time round doubles the ways to read a text.
 * Two readers go through it side by side; a pair is a number.
 * Source: A. Weber and H. Seidl, On the degree of ambiguity of finite automata (1991), criterion EDA.
 */
function isAmbiguous(loop: ReadonlySet<Position>): boolean {
  const positions = [...loop];
  const size = positions.length;
  const inside = positions.map(({ next }) => next.filter(each => loop.has(each)));
  if (inside.some(next => new Set(next).size < next.length)) return true;
  const numbers = new Map(positions.map((position, number) => [position, number]));
  const nextOf = (pair: number): readonly number[] => {
    const [one, other] = [inside[Math.floor(pair / size)] ?? [], inside[pair % size] ?? []];
    return one.flatMap(a =>
      other.filter(b => shareCharacter(a, b)).map(b => (numbers.get(a) ?? 0) * size + (numbers.get(b) ?? 0)),
    );
  };
  const known = new Map<number, readonly number[]>();
  const nextKnown = (pair: number): readonly number[] => {
    const next = known.get(pair) ?? nextOf(pair);
    known.set(pair, next);
    return next;
  };
  return positions.some((_, number) => {
    const together = number * size + number;
    const apart = [...reachedFrom([together], nextKnown)].filter(pair => Math.floor(pair / size) !== pair % size);
    return reachedFrom(apart, nextKnown).has(together);
  });
}

/** Without a group that is repeated, no loop is in another one. */
const REPEATED_GROUP = /\)(?:[*+]|\{\d+,)/;

/**
 * Whether there are texts for which a backtracking matcher such as PCRE tries a number of ways that doubles with each
 * character, because the end of the expression does not fit. Sure where it says so; what it does not understand it
 * leaves alone.
 *
 * @param read the expression, read only if that can be
 */
export function backtracksCatastrophically(text: string, read: () => Syntax | undefined): boolean {
  if (!REPEATED_GROUP.test(text)) return false;
  const syntax = read();
  if (syntax === undefined) return false;
  const all: Position[] = [];
  const { last } = partOf(syntax, all);
  if (all.length > MOST_POSITIONS) return false;
  // Where the expression may end within the loop, the first try fits.
  return loopsOf(all).some(
    loop => loop.size <= LARGEST_LOOP && !last.some(position => loop.has(position)) && isAmbiguous(loop),
  );
}
