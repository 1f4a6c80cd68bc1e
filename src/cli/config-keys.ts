import type { Option } from 'commander';

import type { FileKey, KnownKeys, RefusedKey } from '../config-file/keys.ts';
import { declaredFlags } from './declared.ts';
import type { Declared } from './declared.ts';
import { isRepeatable, problemWith } from './option-values.ts';

/**
 * The flags that a config file may set, without `no-`. A repository brings such a file along: none of them runs a program,
 * writes a file, opens a port, or says which cluster is meant.
 */
const IN_FILE: ReadonlySet<string> = new Set([
  'exclude',
  'gitignore',
  'stdin-filename',
  'disable',
  'only',
  'ingress-class',
  'controller-class',
  'watch-ingress-without-class',
  'annotations-prefix',
  'backend-address',
  'node-address',
  'cluster-domain',
  'resolver',
  'default-backend-service',
  'listen',
  'http-port',
  'https-port',
  'default-ssl-certificate',
  'controller-config',
  'enable-ssl-passthrough',
  'ssl-passthrough-proxy-port',
  'snippets',
  'nginx-module',
  'tcp-services-configmap',
  'udp-services-configmap',
  'closed-world',
  'assume-external',
  'baseline',
  'max-warnings',
  'expire-days',
  'kubernetes-version',
  'controller-version',
  'nginx-version',
  'on-error',
  'allow-empty',
  'format',
  'color',
  'fail-on',
  'notes',
  'verbose',
  'quiet',
  'sync-rate',
  'resync',
  'log-format',
]);

const PROGRAM = 'it runs a program';
const WRITES = 'it says what is written on the machine';
const CLUSTER = 'it says which cluster is used, or what is written there';
const ACT = 'it says what a command does, and is for whoever runs it';

const FILTER = 'it says which routes are listed';

/** Of a flag that nobody has decided on: the safe answer. */
export const UNDECIDED = 'it can only be given on the command line';

/** All other flags, and why not. */
const REFUSED: Readonly<Record<string, string>> = {
  severity: 'use "severities", a mapping of rules to severities',
  config: 'a config file cannot name another one',
  'allow-snippets': 'snippets can do whatever nginx can; "snippets" may be none or safe',
  nginx: PROGRAM,
  'nginx-test': PROGRAM,
  test: PROGRAM,
  fix: WRITES,
  'fix-dry-run': ACT,
  'changed-since': 'it runs git',
  kubectl: PROGRAM,
  kubeconfig: 'it can name programs to run',
  context: CLUSTER,
  namespace: CLUSTER,
  'all-namespaces': CLUSTER,
  'publish-status-address': CLUSTER,
  'leader-election-namespace': CLUSTER,
  host: FILTER,
  service: FILTER,
  policy: FILTER,
  to: ACT,
  output: WRITES,
  'state-dir': WRITES,
  prefix: WRITES,
  'hosts-file': WRITES,
  address: WRITES,
  write: WRITES,
  remove: WRITES,
  'write-baseline': WRITES,
  'keep-releases': 'it says which releases are deleted',
  timeout: ACT,
  'dry-run': ACT,
  watch: ACT,
  'list-rules': ACT,
  'list-changes': ACT,
  explain: ACT,
  header: ACT,
  cookie: ACT,
  'client-ip': ACT,
  'client-cert': ACT,
  follow: ACT,
  graph: ACT,
  'stop-on-exit': ACT,
  now: 'the time of a file would stand still',
  input: 'a file of tests names its manifests',
  grep: ACT,
  live: 'it says where requests are sent',
  insecure: 'it is for whoever sends the requests',
  init: ACT,
  force: WRITES,
  'metrics-port': 'it opens a port of the machine',
};

/** Values of these that only a command line may give. */
const REFUSED_VALUES: Readonly<Record<string, (text: string) => string | undefined>> = {
  'backend-address': text =>
    text === 'node-port' || text === 'port-forward' ? `${text} can run a program: use --backend-address` : undefined,
  snippets: text => (text === 'all' ? 'all of them can do whatever nginx can: use --snippets all' : undefined),
  'nginx-module': text => (/[./\\]/.test(text) ? 'the path of a module is code to run: use --nginx-module' : undefined),
  format: text => (text.includes('=') ? `it would write a file: use --format ${text}` : undefined),
};

/** What a config file may set, from what the commands declare. */
export function configKeys(): KnownKeys {
  const byKey = new Map<string, Declared[]>();
  for (const [name, declared] of declaredFlags()) {
    const key = name.replace(/^no-/, '');
    byKey.set(key, [...(byKey.get(key) ?? []), ...declared]);
  }
  const keys: FileKey[] = [];
  const refused: RefusedKey[] = [];
  for (const [name, declared] of byKey) {
    if (IN_FILE.has(name)) keys.push(fileKey(name, declared));
    // A flag that the help does not show does not exist for users.
    else if (declared.some(({ option }) => !option.hidden)) {
      refused.push({ name, because: REFUSED[name] ?? UNDECIDED });
    }
  }
  return { keys, refused };
}

/** Of an option, in the words of whoever declared it. */
export function keyOf(option: Option): string {
  return option.negate ? option.name().replace(/^no-/, '') : option.name();
}

/** Without what only a command line needs to know. */
function summaryOf({ description, negate }: Option): string {
  const text = description.replaceAll(
    /, with commas between|; repeatable|, and the file that gets them instead of stdout|; several can be given/g,
    '',
  );
  return negate ? `false: ${text}` : text;
}

/** Values with these placeholders are numbers. */
const NUMBERS = ['port', 'seconds', 'number', 'n', 'days'];

function fileKey(name: string, declared: readonly Declared[]): FileKey {
  const shown = declared.filter(({ option }) => !option.hidden);
  const [first] = shown.length > 0 ? shown : declared;
  if (first === undefined) throw new Error(`no command has the flag ${name}`);
  const { option } = first;
  const choices = [...new Set(declared.flatMap(each => each.option.argChoices ?? []))].filter(
    choice => REFUSED_VALUES[name]?.(choice) === undefined,
  );
  return {
    name,
    takes: takenBy(option),
    summary: summaryOf(option),
    ...(choices.length === 0 ? {} : { choices }),
    problemOf(text) {
      const refusal = REFUSED_VALUES[name]?.(text);
      if (refusal !== undefined) return refusal;
      const problems = declared.map(each => problemWith(each.option, text));
      return problems.includes(undefined) ? undefined : problems[0];
    },
  };
}

function takenBy(option: Option): FileKey['takes'] {
  const placeholder = /<([^>]*)>/.exec(option.flags)?.[1];
  if (placeholder === undefined) return 'switch';
  if (placeholder === 'rules') return 'rules';
  if (placeholder === 'file') return 'path';
  if (isRepeatable(option)) return 'texts';
  return NUMBERS.includes(placeholder) ? 'number' : 'text';
}
