import { setFlagsFromString } from 'node:v8';

/** Less is read and written before it matters; loading `node:v8` alone takes 2 ms. */
const LARGE_INPUT = 1_000_000;

/**
 * Before a large input is worked on: code that runs for a second is used up before its optimised form pays, and making
 * that takes a fifth of all CPU time. The default is 66 kB of bytecode; with four times as much, the largest inputs take
 * longer. Only Node 20 has the flag: later ones would say so on stderr.
 */
export function optimiseLater(inputLength: number): void {
  if (inputLength < LARGE_INPUT || Number.parseInt(process.versions.node, 10) !== 20) return;
  setFlagsFromString('--interrupt-budget=220000');
}
