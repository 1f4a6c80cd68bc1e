import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const RELAY = fileURLToPath(new URL('port-forward-relay.mjs', import.meta.url));

/**
 * A kubectl whose `port-forward` is a relay of the tests: an API server without nodes cannot forward. All else is done
 * by the real one.
 */
export interface ForwardingKubectl {
  /** An executable. */
  readonly program: string;
  /** Where the port of a Service (`shop/web:80`) leads. */
  lead(key: string, port: number): void;
  /** What the next runs do instead of forwarding at once; `undefined` ends that. */
  disturb(disturbance: Disturbance | undefined): void;
  /** The words of all runs so far, after `port-forward`, in the order in which they began. */
  runs(): readonly (readonly string[])[];
  /** The processes of the relays that run now. */
  pids(): readonly number[];
  remove(): void;
}

export type Disturbance =
  /** Says so and ends with exit code 1. */
  | { readonly kind: 'fails'; readonly stderr: string }
  /** Waits until the disturbance is over. */
  | { readonly kind: 'waits' }
  /** As if somebody else had the first of its local ports. */
  | { readonly kind: 'occupied' };

export function forwardingKubectl(): ForwardingKubectl {
  const folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-forward-'));
  const program = join(folder, 'kubectl');
  const disturbance = join(folder, 'disturbance.json');
  const table: Record<string, number> = {};
  const script = [
    '#!/bin/sh',
    `for word; do [ "$word" = port-forward ] && exec '${process.execPath}' '${RELAY}' '${folder}' "$@"; done`,
    'exec kubectl "$@"',
  ];
  writeFileSync(program, `${script.join('\n')}\n`);
  chmodSync(program, 0o755);
  writeFileSync(join(folder, 'table.json'), '{}');
  const runs = () =>
    readdirSync(folder)
      .filter(name => name.startsWith('run-'))
      .toSorted()
      .map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as { pid: number; words: readonly string[] });
  return {
    program,
    lead(key, port) {
      table[key] = port;
      writeFileSync(join(folder, 'table.json'), JSON.stringify(table));
    },
    disturb(what) {
      if (what === undefined) rmSync(disturbance, { force: true });
      else writeFileSync(disturbance, JSON.stringify(what));
    },
    runs: () => runs().map(({ words }) => words),
    pids: () =>
      runs()
        .map(({ pid }) => pid)
        .filter(pid => existsSync(`/proc/${pid}`)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
