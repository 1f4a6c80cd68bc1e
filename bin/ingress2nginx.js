#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

const words = process.argv.slice(2);
if (words.length === 1 && words[0] === '--version') {
  // Answered before anything is imported: scripts ask for it often.
  console.log(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version);
} else if (existsSync(new URL('../dist/main.js', import.meta.url))) {
  // Code that runs for a second is used up before its optimised form pays, and making that took a third of all CPU time.
  // The default is 66 kB of bytecode; with much more than twice as much, large inputs take longer. Only Node 20 has the
  // flag: later ones would say so on stderr.
  if (Number.parseInt(process.versions.node, 10) === 20) setFlagsFromString('--interrupt-budget=163840');
  const { main } = await import('../dist/main.js');
  await main(words);
} else {
  console.error('ingress2nginx: dist/ is missing: run `npm run build` in the clone');
  process.exitCode = 3;
}
