import type { EventSink, InputState } from '../events.ts';
import type { Clock } from '../clock.ts';
import type { ReflectorState } from './reflector.ts';
import { QUICK_REFUSALS } from './retries.ts';

/** The states of the parts (namespaces, named objects) of one type, told as one. */
export interface TypeState {
  /** Another part; nothing is known of the type without one that is needed. */
  addPart(isNeeded: boolean): PartState;
  /** Something changed that may have changed the number of objects. */
  onChange(): void;
  /** Whether every part was listed once, or is not needed and known not to be had. */
  isKnown(): boolean;
  /** The server has the type as this kind: it is called so from now on. */
  onKind(kind: string): void;
  stop(): void;
}

/** The state of one part, with what to call when it changes. */
export interface PartState {
  readonly onState: (state: ReflectorState) => void;
  readonly onList: () => void;
  /** Whether it was listed once. */
  readonly isListed: () => boolean;
  /** Whether it was, or is known not to be had. */
  readonly isAnswered: () => boolean;
  /** It is a part no more. */
  readonly leave: () => void;
}

export interface TypeStateSettings {
  /** What it is called until its kind is known. */
  readonly type: string;
  readonly count: () => number;
  readonly onEvent: EventSink;
  readonly clock: Clock;
}

/** The worst first. */
const ORDER: readonly InputState[] = ['forbidden', 'absent', 'retrying', 'listing', 'watching'];
/** Of a type without parts: all that is wanted of it is known. */
const NOTHING_ASKED: ReflectorState = { state: 'watching' };
/** Many objects change at once; their number is told once. */
const GATHER_MS = 200;

interface Part {
  readonly isNeeded: boolean;
  state: ReflectorState;
  isListed: boolean;
  /** How often it was forbidden, one time after the other. */
  refusals: number;
  isRefused: boolean;
}

export function createTypeState({ type, count, onEvent, clock }: TypeStateSettings): TypeState {
  const parts = new Set<Part>();
  let kind = type;
  let told = '';
  let toldObjects = -1;
  let cancel: (() => void) | undefined;

  const tell = (): void => {
    const worst = worstOf(parts);
    const objects = count();
    const state = JSON.stringify(worst);
    if (state === told && objects === toldObjects) return;
    [told, toldObjects] = [state, objects];
    onEvent({ kind: 'input', type: kind, objects, ...worst });
  };

  return {
    addPart(isNeeded) {
      const part: Part = { isNeeded, state: { state: 'listing' }, isListed: false, refusals: 0, isRefused: false };
      parts.add(part);
      const leave = (): void => {
        parts.delete(part);
        tell();
      };
      return stateOf(part, { onChange: tell, leave });
    },
    onChange() {
      cancel ??= clock.after(GATHER_MS, () => {
        cancel = undefined;
        tell();
      });
    },
    isKnown: () => [...parts].every(part => part.isListed || (!part.isNeeded && part.isRefused)),
    onKind(found) {
      if (found === kind) return;
      onEvent({ kind: 'input', type: kind, objects: 0, state: 'absent' });
      kind = found;
      told = '';
      tell();
    },
    stop: () => cancel?.(),
  };
}

function worstOf(parts: ReadonlySet<Part>): ReflectorState {
  const states = [...parts].map(({ state }) => state);
  const [worst = NOTHING_ASKED] = states.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  return worst;
}

interface Membership {
  readonly onChange: () => void;
  readonly leave: () => void;
}

function stateOf(part: Part, { onChange, leave }: Membership): PartState {
  return {
    onState(state) {
      enter(part, state);
      onChange();
    },
    onList() {
      part.isListed = true;
    },
    isListed: () => part.isListed,
    isAnswered: () => part.isListed || part.isRefused,
    leave,
  };
}

function enter(part: Part, state: ReflectorState): void {
  part.state = state;
  part.refusals = state.state === 'forbidden' ? part.refusals + 1 : 0;
  part.isRefused ||= state.state === 'absent' || part.refusals > QUICK_REFUSALS;
}
