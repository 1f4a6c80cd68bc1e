#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';

const words = process.argv.slice(2);
if (words.length === 1 && words[0] === '--version') {
  // Answered before anything is imported: scripts ask for it often.
  console.log(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version);
} else if (existsSync(new URL('../dist/main.js', import.meta.url))) {
  const { main } = await import('../dist/main.js');
  await main(words);
} else {
  console.error('ingress2nginx: dist/ is missing: run `npm run build` in the clone');
  process.exitCode = 3;
}
