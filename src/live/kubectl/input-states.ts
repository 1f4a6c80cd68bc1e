import type { EventSink, InputState } from '../events.ts';
import type { Clock } from '../clock.ts';
import type { ReflectorState } from './reflector.ts';
import { QUICK_REFUSALS } from './retries.ts';

/** The states of the parts (namespaces, named objects) of one type, told as one. */
export interface TypeState {
  /** Another part, with what to call when its state changes. */
  addPart(): { readonly onState: (state: ReflectorState) => void; readonly onList: () => void };
  /** Something changed that may have changed the number of objects. */
  onChange(): void;
  /** Whether every part was listed once, or is known not to be had. */
  isAnswered(): boolean;
  isListed(): boolean;
  /** The server has the type as this kind: it is called so from now on. */
  onKind(kind: string): void;
  stop(): void;
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
/** Many objects change at once; their number is told once. */
const GATHER_MS = 200;

interface Part {
  state: ReflectorState;
  isListed: boolean;
  /** How often it was forbidden, one time after the other. */
  refusals: number;
  isRefused: boolean;
}

export function createTypeState({ type, count, onEvent, clock }: TypeStateSettings): TypeState {
  const parts: Part[] = [];
  let kind = type;
  let told = '';
  let toldObjects = -1;
  let cancel: (() => void) | undefined;

  const tell = (): void => {
    const [worst] = parts.map(part => part.state).toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
    if (worst === undefined) return;
    const objects = count();
    const state = JSON.stringify(worst);
    if (state === told && objects === toldObjects) return;
    [told, toldObjects] = [state, objects];
    onEvent({ kind: 'input', type: kind, objects, ...worst });
  };

  return {
    addPart() {
      const part: Part = { state: { state: 'listing' }, isListed: false, refusals: 0, isRefused: false };
      parts.push(part);
      return {
        onState(state) {
          enter(part, state);
          tell();
        },
        onList() {
          part.isListed = true;
        },
      };
    },
    onChange() {
      cancel ??= clock.after(GATHER_MS, () => {
        cancel = undefined;
        tell();
      });
    },
    isAnswered: () => parts.every(part => part.isListed || part.isRefused),
    isListed: () => parts.every(part => part.isListed),
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

function enter(part: Part, state: ReflectorState): void {
  part.state = state;
  part.refusals = state.state === 'forbidden' ? part.refusals + 1 : 0;
  part.isRefused ||= state.state === 'absent' || part.refusals > QUICK_REFUSALS;
}
