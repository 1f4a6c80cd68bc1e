/** What people run often, and what starts from one file for that reason; src/cli/often.ts declares them. */
const OFTEN: readonly string[] = ['explain', 'lint', 'render', 'routes', 'test'];

export interface BundleChoice {
  readonly file: 'often.cjs' | 'help.cjs' | 'main.js';
  /** Whose compiled code is wanted; see code-cache.ts. */
  readonly cacheName?: string;
}

/**
 * Which file of dist/ answers a command line: `often.cjs` has few commands and all that they need but watching,
 * `help.cjs` declares all commands and can run none, `main.js` loads what each command needs.
 */
export function bundleFor(words: readonly string[], environment: NodeJS.ProcessEnv = {}): BundleChoice {
  const [first = '--help', second = first] = words;
  if (words.length === 0 || words.some(isHelp)) {
    // Among more words it may be the value of an option.
    const isSure = words.length < 2 || (words.length === 2 && isHelp(second) && !first.startsWith('-'));
    return isSure ? { file: 'help.cjs', cacheName: 'help' } : { file: 'main.js' };
  }
  const isWatching = words.includes('--watch') || (environment['INGRESS2NGINX_WATCH'] ?? '') !== '';
  return OFTEN.includes(first) && !isWatching ? { file: 'often.cjs', cacheName: first } : { file: 'main.js' };
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h';
}
