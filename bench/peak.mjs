// @ts-check
// Loaded with `--import` before a program: writes the most memory that the process held, in KiB, to file descriptor 3.
import { writeSync } from 'node:fs';

process.on('exit', () => {
  writeSync(3, String(process.resourceUsage().maxRSS));
});
