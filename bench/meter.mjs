// @ts-check
// Loaded with `--import` before a program: when that ends, writes its largest resident set in MiB to file descriptor 3.
import { writeSync } from 'node:fs';

process.on('exit', () => void writeSync(3, String(process.resourceUsage().maxRSS / 1024)));
