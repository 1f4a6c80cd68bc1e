/** What people run often, and what starts from one file for that reason; src/cli/often.ts declares them. */
const OFTEN: readonly string[] = ['render', 'routes'];

const HELP: readonly string[] = ['--help', '-h'];

/**
 * Which file of dist/ answers a command line: `often.cjs` has few commands and all that they need but watching,
 * `help.cjs` declares all commands and can run none, `main.js` loads what each command needs.
 */
export function bundleFor(words: readonly string[]): 'often.cjs' | 'help.cjs' | 'main.js' {
  const [first = '--help', second = first] = words;
  if (words.length <= 2 && HELP.includes(second) && (words.length < 2 || !first.startsWith('-'))) return 'help.cjs';
  return OFTEN.includes(first) && !words.includes('--watch') ? 'often.cjs' : 'main.js';
}
