import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What stands behind the prompts of one console block, one below the other, without comments. */
export interface ConsoleBlock {
  /** `docs/apply.md:12` */
  readonly place: string;
  readonly commands: readonly string[];
}

/** Of the README and all other documents for users and contributors. */
export function consoleBlocks(): readonly ConsoleBlock[] {
  const own = readdirSync(ROOT).filter(name => name.endsWith('.md') && name !== 'CHANGELOG.md');
  const docs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  const paths = [...own, ...docs.filter(name => name.endsWith('.md')).map(name => `docs/${name}`)].toSorted();
  return paths.flatMap(path => blocksIn(path, readFileSync(join(ROOT, path), 'utf8')));
}

export function blocksIn(path: string, text: string): readonly ConsoleBlock[] {
  return [...text.matchAll(/^( *)```console\n([^]*?)^\1```$/gm)].map(({ 2: block = '', index }) => ({
    place: `${path}:${text.slice(0, index).split('\n').length}`,
    commands: commandsIn(block),
  }));
}

function commandsIn(block: string): readonly string[] {
  return [...block.replaceAll(/ *\\\n[> ]*/g, ' ').matchAll(/^ *\$ (.*)$/gm)].map(([, line = '']) =>
    line.replace(/\s+# .*$/, '').trim(),
  );
}

/** Languages of fenced blocks in which a command would escape the tests. */
export function otherShells(): readonly string[] {
  const names = readdirSync(join(ROOT, 'docs')).filter(name => name.endsWith('.md'));
  return ['README.md', ...names.map(name => `docs/${name}`)].filter(path =>
    /^ *```(?:sh|bash|shell|zsh)\b/m.test(readFileSync(join(ROOT, path), 'utf8')),
  );
}

/** Commands that are not run, each with the reason. What they say to ingress2nginx is looked at all the same. */
const NOT_RUN: readonly { readonly pattern: RegExp; readonly because: string }[] = [
  { pattern: /^(?:npm ci && )?npm test$/, because: 'it is what runs this test' },
  { pattern: /^npm ci$/, because: 'it replaces what runs' },
  { pattern: /^(?:npm ci && )?npm run demo\b/, because: 'npm ci replaces what runs; demo.test.ts runs the demo' },
  { pattern: /^(?:npm ci && )?npm install --global "\$\(npm pack/, because: 'package.test.ts packs and installs' },
  { pattern: /^git clone |^cd ingress2nginx$/, because: 'it fetches the project itself' },
  { pattern: /^(?:kubectl|minikube|kind|helm) /, because: 'it needs a cluster' },
  { pattern: /^sudo /, because: 'it changes the machine' },
  { pattern: /^ingress2nginx .*--watch\b/, because: 'it goes on until it is ended; the tests of watch run it' },
  { pattern: /^ingress2nginx test .*--live\b/, because: 'it needs a server; routing-tests-live.test.ts starts one' },
  { pattern: /^ingress2nginx .*--context\b/, because: 'it needs a cluster' },
  {
    pattern: /^ingress2nginx diff .*(?:git:|cluster)|\| ingress2nginx diff /,
    because: 'it needs a repository, a cluster or a chart; diff.test.ts makes some',
  },
  { pattern: /^ingress2nginx .*--changed-since\b/, because: 'it needs a repository; changed-since.test.ts makes some' },
  { pattern: /^curl .*\.example\.test:/, because: 'it asks the pods of docs/minikube.md' },
];

/** Perhaps behind variables. */
const OURS = /^(?:INGRESS2NGINX_\w+=\S+ )*ingress2nginx /;

/** Those of other programs that are run. */
const RUN_TOO = /^(?:nginx|curl|rm|cat|node|npx ingress2nginx) /;

/** Where another exit code than 0 is shown. */
const EXIT_CODES: readonly { readonly pattern: RegExp; readonly codes: readonly number[] }[] = [
  { pattern: /--on-error isolate shop\.yaml db\.yaml/, codes: [0, 1] },
];

export type Treatment = { readonly kind: 'run'; readonly codes: readonly number[] } | { readonly kind: 'not run' };

/** Undefined for what nobody has thought of. */
export function treatmentOf(command: string): Treatment | undefined {
  if (NOT_RUN.some(({ pattern }) => pattern.test(command))) return { kind: 'not run' };
  if (!OURS.test(command) && !RUN_TOO.test(command)) return undefined;
  return { kind: 'run', codes: EXIT_CODES.find(({ pattern }) => pattern.test(command))?.codes ?? [0] };
}

/** The words of each call of ingress2nginx in a command, as a shell would split them. */
export function callsIn(command: string): readonly (readonly string[])[] {
  return command
    .split(/\s*(?:\|\|?|&&|;|>+)\s*/)
    .map(part => [...part.matchAll(/'[^']*'|"[^"]*"|[^\s'"]+/g)].map(([word]) => word))
    .flatMap(words => {
      const at = words.indexOf('ingress2nginx');
      return at === -1 || words[0] === 'cd'
        ? []
        : [words.slice(at + 1).map(word => word.replaceAll(/^['"]|['"]$/g, ''))];
    });
}

/** Names of scripts of package.json that a command runs. */
export function scriptsIn(command: string): readonly string[] {
  return [...command.matchAll(/\bnpm (?:run )?(test|(?<=run )[\w:-]+)/g)].map(([, name = '']) => name);
}
