import type { BackoffPace } from '../backoff.ts';
import { backoffMs, jittered } from '../backoff.ts';
import type { Clock } from '../clock.ts';
import type { ForwardEnd, ForwardProcess, Kubectl } from './forward-process.ts';
import { startForward } from './forward-process.ts';
import type { LocalPorts } from './local-ports.ts';

export interface ForwardParts {
  readonly kubectl: Kubectl;
  /** `namespace/name` */
  readonly service: string;
  readonly localPorts: LocalPorts;
  readonly clock: Clock;
  readonly onState: (state: ForwardState) => void;
  /** Its local ports have changed, or need no longer be waited for. */
  readonly onChange: () => void;
}

/** `problem`: why it begins again. */
export type ForwardState = { readonly state: 'up' } | { readonly state: 'restarting'; readonly problem: string };

/** Whoever has waited so long for the first sign of life goes on without. */
const PATIENCE_MS = 3_000;
/** At once after a good life; then it waits longer and longer. */
const PACE: BackoffPace = { firstMs: 500, longestMs: 30_000 };
/** A forward that stood for so long has not failed: its pod has gone. */
const GOOD_LIFE_MS = 10_000;

/** Keeps one `kubectl port-forward` for a Service, whatever happens to it; nothing runs before ports are wanted. */
export class Forward {
  readonly #parts: ForwardParts;
  /** Local ports by ports of the Service. */
  readonly #locals = new Map<number, number>();
  /** Those that lead to the Service, or did and will again: they stay, so that a restart needs no reload of nginx. */
  readonly #leading = new Set<number>();
  #wanted: ReadonlySet<number> = new Set();
  #process: ForwardProcess | undefined;
  #upSince: number | undefined;
  #failures = 0;
  #isPatient = false;
  #isStopped = false;
  #running: Promise<void> | undefined;
  #cancelPatience = (): void => undefined;
  #wake = (): void => undefined;

  constructor(parts: ForwardParts) {
    this.#parts = parts;
  }

  /** The local port that leads to a port of the Service; undefined when none does yet. */
  localOf(port: number): number | undefined {
    return this.#leading.has(port) ? this.#locals.get(port) : undefined;
  }

  /** Whether there is nothing to wait for: all ports lead somewhere, or it has been tried. */
  isSettled(): boolean {
    return !this.#isPatient;
  }

  /** Sees to it that these ports of the Service are led to, and no others. */
  want(ports: ReadonlySet<number>): void {
    if (ports.size === this.#wanted.size && [...ports].every(port => this.#wanted.has(port))) return;
    this.#wanted = new Set(ports);
    this.#failures = 0;
    this.#cancelPatience();
    this.#isPatient = [...ports].some(port => !this.#leading.has(port));
    if (this.#isPatient) this.#cancelPatience = this.#parts.clock.after(PATIENCE_MS, () => this.#settle(false));
    // kubectl takes its ports when it starts.
    this.#process?.close();
    this.#wake();
    this.#running ??= this.#keep();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelPatience();
    this.#process?.close();
    this.#wake();
    await this.#running;
    for (const port of this.#locals.keys()) this.#release(port);
  }

  async #keep(): Promise<void> {
    while (!this.#isStopped) {
      const asked = this.#wanted;
      await this.#chooseLocals();
      if (this.#isObsolete(asked)) continue;
      const end = await this.#run();
      if (!this.#isObsolete(asked)) await this.#recover(end);
    }
  }

  #isObsolete(asked: ReadonlySet<number>): boolean {
    return this.#isStopped || asked !== this.#wanted;
  }

  async #chooseLocals(): Promise<void> {
    const { service, localPorts } = this.#parts;
    for (const port of this.#locals.keys()) if (!this.#wanted.has(port)) this.#release(port);
    for (const port of this.#wanted) {
      const local = this.#locals.get(port) ?? (await localPorts.choose(`${service}:${port}`));
      if (local !== undefined) this.#locals.set(port, local);
    }
  }

  #release(port: number): void {
    const local = this.#locals.get(port);
    if (local !== undefined) this.#parts.localPorts.release(local);
    this.#locals.delete(port);
    this.#leading.delete(port);
  }

  async #run(): Promise<ForwardEnd> {
    const { kubectl, service } = this.#parts;
    const listening = new Set<number>();
    this.#upSince = undefined;
    this.#process = startForward({
      kubectl,
      service,
      ports: this.#locals,
      onListening: local => {
        listening.add(local);
        if (listening.size === this.#locals.size) this.#rise();
      },
    });
    const end = await this.#process.ended;
    this.#process = undefined;
    return end;
  }

  #rise(): void {
    const isNews = [...this.#locals.keys()].some(port => !this.#leading.has(port));
    for (const port of this.#locals.keys()) this.#leading.add(port);
    this.#upSince = this.#parts.clock.now();
    this.#parts.onState({ state: 'up' });
    this.#settle(isNews);
  }

  async #recover({ problem, occupied }: ForwardEnd): Promise<void> {
    const { clock, onState } = this.#parts;
    const lost = [...this.#locals].filter(([, local]) => occupied.includes(local)).map(([port]) => port);
    // Somebody else answers there now.
    for (const port of lost) this.#release(port);
    if (this.#upSince !== undefined && clock.now() - this.#upSince >= GOOD_LIFE_MS) this.#failures = 0;
    onState({ state: 'restarting', problem });
    this.#settle(lost.length > 0);
    const ms = jittered(backoffMs(this.#failures, PACE));
    this.#failures += 1;
    await new Promise<void>(resolve => {
      const cancel = clock.after(ms, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
  }

  #settle(isNews: boolean): void {
    const wasPatient = this.#isPatient;
    this.#cancelPatience();
    this.#isPatient = false;
    if (wasPatient || isNews) this.#parts.onChange();
  }
}
