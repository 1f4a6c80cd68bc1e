#!/usr/bin/env node
// CommonJS, as bin/package.json says: Node does not start up its loader of ES modules, a tenth of its own start.
'use strict';

const { existsSync } = require('node:fs');
const { join } = require('node:path');

const DIST = join(__dirname, '../dist');

const words = process.argv.slice(2);
if (words.length === 1 && words[0] === '--version') {
  // Answered before anything is loaded: scripts ask for it often.
  console.log(require('../package.json').version);
} else if (existsSync(join(DIST, 'launch.cjs'))) {
  require('../dist/launch.cjs').launch(words, DIST);
} else {
  console.error('ingress2nginx: dist/ is missing: run `npm run build` in the clone');
  process.exitCode = 3;
}
