import type { CharacterTest, Syntax } from './regex-syntax.ts';

/** A state of the machine that an expression becomes. */
type State =
  | { readonly kind: 'character'; readonly test: CharacterTest; readonly next: State }
  | { readonly kind: 'fork'; readonly branches: State[] }
  | { readonly kind: 'end' }
  /** Where only the end of the text fits. */
  | { readonly kind: 'last'; readonly next: State };

/** The state from which `syntax`, and then `next`, is read. */
function build(syntax: Syntax, next: State): State {
  switch (syntax.kind) {
    case 'character':
      return { kind: 'character', test: syntax.test, next };
    case 'sequence':
      return syntax.parts.reduceRight((following, part) => build(part, following), next);
    case 'choice':
      return { kind: 'fork', branches: syntax.branches.map(branch => build(branch, next)) };
    case 'repeat': {
      const branches = [next];
      const again: State = { kind: 'fork', branches };
      branches.unshift(build(syntax.of, again));
      return again;
    }
    case 'never':
      return { kind: 'last', next };
  }
}

/** Adds a state with all that it forks to. */
function add(state: State, states: Set<State>): void {
  const waiting = [state];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (states.has(one)) continue;
    states.add(one);
    if (one.kind === 'fork') waiting.push(...one.branches);
  }
}

/** Whether the text begins with something that the expression matches. */
export type Cover = (text: string) => boolean;

/**
 * Whether an expression surely matches every text that begins with the given one, in lower case. It goes through the text
 * once, with all states at a time, so that no expression takes it long.
 */
export function coverOf(syntax: Syntax): Cover {
  const start = build(syntax, { kind: 'end' });
  return text => {
    let states = new Set<State>();
    add(start, states);
    for (const character of text) {
      if ([...states].some(state => state.kind === 'end')) return true;
      const following = new Set<State>();
      for (const state of states) {
        if (state.kind === 'character' && state.test(character)) add(state.next, following);
      }
      if (following.size === 0) return false;
      states = following;
    }
    return [...states].some(state => state.kind === 'end');
  };
}

/** The text, in lower case, that everything begins with which an expression matches. */
export function surePrefix(syntax: Syntax): string {
  if (syntax.kind === 'character') return syntax.literal ?? '';
  if (syntax.kind !== 'sequence') return '';
  let text = '';
  for (const part of syntax.parts) {
    if (part.kind !== 'character' || part.literal === undefined) break;
    text += part.literal;
  }
  return text;
}

/** Whether an expression matches the beginning of a text, in lower case, or all of it. In the same time. */
export function matches(syntax: Syntax, text: string): boolean {
  let states = new Set<State>();
  add(build(syntax, { kind: 'end' }), states);
  for (const character of text) {
    if ([...states].some(state => state.kind === 'end')) return true;
    const following = new Set<State>();
    for (const state of states) if (state.kind === 'character' && state.test(character)) add(state.next, following);
    states = following;
  }
  const last = new Set(states);
  // A set is gone through with what is added meanwhile.
  for (const state of last) if (state.kind === 'last') add(state.next, last);
  return [...last].some(state => state.kind === 'end');
}
