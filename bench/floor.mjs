// @ts-check
// The least that a program can do which reads all of a manifest file: parse it, and nothing more.
import { readFileSync } from 'node:fs';

const path = process.argv[2] ?? '';
const text = readFileSync(path, 'utf8');
if (path.endsWith('.json')) {
  JSON.parse(text);
} else {
  const { loadAll } = await import('js-yaml');
  loadAll(text);
}
