import { suggest } from '../diagnostics/suggest.ts';
import { listed } from '../diagnostics/words.ts';
import type { FileKey, KnownKeys } from './keys.ts';
import { FILE_LEVELS, OWN_KEYS } from './keys.ts';
import type { Entry, Node, Problem, TextNode } from './nodes.ts';
import { readNodes } from './nodes.ts';
import { isNothing, numberIn, shown, textIn } from './scalars.ts';

/** What a config file asks for. */
export interface FileSettings {
  /** What is read. As they are written: from the folder of the file. */
  readonly paths: readonly TextNode[];
  /** Values that are paths, by key; as they are written. */
  readonly files: ReadonlyMap<string, TextNode>;
  readonly severities: readonly { readonly rule: string; readonly level: string }[];
  /** By key: texts as a command line would have them. */
  readonly values: ReadonlyMap<string, string | boolean | readonly string[]>;
}

export interface FileCheck extends FileSettings {
  readonly problems: readonly Problem[];
}

export type RuleUse = 'named' | 'off';

/** What exists, for the checks of a file. */
export interface Known extends KnownKeys {
  /** Why a rule cannot be named, or turned off, and what to do; undefined if it can. */
  readonly problemOfRule: (name: string, use: RuleUse) => Omit<Problem, 'start'> | undefined;
}

interface Check {
  readonly known: Known;
  readonly report: (problem: Problem) => void;
  paths: readonly TextNode[];
  readonly files: Map<string, TextNode>;
  severities: FileSettings['severities'];
  readonly values: Map<string, string | boolean | readonly string[]>;
}

/** Reads the text of a config file; everything that is wrong with it is found at once. */
export function checkFile(text: string, known: Known): FileCheck {
  const problems: Problem[] = [];
  const report = (problem: Problem): void => void problems.push(problem);
  const check: Check = { known, report, paths: [], files: new Map(), severities: [], values: new Map() };
  const root = readNodes(text, report);
  if (root?.kind === 'mapping') for (const entry of root.entries) checkEntry(check, entry);
  else if (root !== undefined && !isNothing(root)) {
    report({ start: root.start, message: `the file must be a mapping of settings, got a ${root.kind}` });
  }
  const { paths, files, severities, values } = check;
  return { paths, files, severities, values, problems: problems.toSorted((a, b) => a.start - b.start) };
}

function checkEntry(check: Check, { key, value }: Entry): void {
  switch (key.text) {
    case '$schema':
      expectText(check, key.text, value);
      return;
    case 'paths':
      check.paths = textsOf(check, key.text, value);
      return;
    case 'severities':
      check.severities = severitiesOf(check, value);
      return;
    default: {
      const declared = check.known.keys.find(({ name }) => name === key.text);
      if (declared === undefined) return refuseKey(check, key);
      const found = valueOf(check, declared, value);
      if (found !== undefined) check.values.set(declared.name, found);
    }
  }
}

function refuseKey({ known, report }: Check, { text, start }: TextNode): void {
  const refused = known.refused.find(({ name }) => name === text);
  if (refused !== undefined) return report({ start, message: `"${text}" cannot be set in a file: ${refused.because}` });
  const positive = /^no-(.+)/.exec(text)?.[1];
  if (known.keys.some(({ name, takes }) => name === positive && takes === 'switch')) {
    return report({ start, message: `unknown key "${text}"`, help: `write "${positive}: false"` });
  }
  const near = suggest(text, [...Object.keys(OWN_KEYS), ...known.keys.map(({ name }) => name)]);
  report({
    start,
    message: `unknown key "${text}"`,
    ...(near === undefined ? {} : { help: `did you mean "${near}"?` }),
  });
}

function valueOf(check: Check, key: FileKey, node: Node): string | boolean | readonly string[] | undefined {
  switch (key.takes) {
    case 'switch':
      return switchOf(check, key, node);
    case 'number':
      return numberOf(check, key, node);
    case 'text': {
      const text = expectText(check, key.name, node);
      return text !== undefined && isTaken(check, key, text) ? text.text : undefined;
    }
    case 'path': {
      const text = expectText(check, key.name, node);
      if (text !== undefined) check.files.set(key.name, text);
      return undefined;
    }
    case 'texts':
      return textsOf(check, key.name, node)
        .filter(text => isTaken(check, key, text))
        .map(({ text }) => text);
    case 'rules':
      return textsOf(check, key.name, node)
        .filter(text => isRule(check, text, key.name === 'disable' ? 'off' : 'named'))
        .map(({ text }) => text);
  }
}

function switchOf({ report }: Check, { name }: FileKey, node: Node): boolean | undefined {
  if (node.kind === 'text' && node.isPlain && (node.text === 'true' || node.text === 'false'))
    return node.text === 'true';
  report({ start: node.start, message: `"${name}" must be true or false, got ${shown(node)}` });
  return undefined;
}

function numberOf(check: Check, key: FileKey, node: Node): string | undefined {
  const number = numberIn(node);
  if (number !== undefined) return isTaken(check, key, number) ? number.text : undefined;
  check.report({ start: node.start, message: `"${key.name}" must be a number, got ${shown(node)}` });
  return undefined;
}

function expectText({ report }: Check, name: string, node: Node): TextNode | undefined {
  const text = textIn(node);
  if (text !== undefined) return text;
  const isWritten = node.kind === 'text' && node.text !== '';
  const help = isWritten ? { help: `write it in quotes: "${node.text}"` } : {};
  report({ start: node.start, message: `"${name}" must be a text, got ${shown(node)}`, ...help });
  return undefined;
}

function textsOf(check: Check, name: string, node: Node): readonly TextNode[] {
  if (node.kind === 'list') {
    return node.items.map(item => expectText(check, name, item)).filter(text => text !== undefined);
  }
  const help = node.kind === 'text' && node.text !== '' ? { help: `write ["${node.text}"]` } : {};
  check.report({ start: node.start, message: `"${name}" must be a list, got ${shown(node)}`, ...help });
  return [];
}

function isTaken({ report }: Check, { name, choices, problemOf }: FileKey, { text, start }: TextNode): boolean {
  const problem = problemOf(text);
  if (problem === undefined) return true;
  const near = suggest(text, choices ?? []);
  const help = near === undefined ? problem : `did you mean "${near}"?`;
  report({ start, message: `invalid value "${text}" for "${name}"`, help });
  return false;
}

function severitiesOf(check: Check, node: Node): FileSettings['severities'] {
  if (node.kind !== 'mapping') {
    const message = `"severities" must be a mapping of rules to severities, got ${shown(node)}`;
    check.report({ start: node.start, message, help: 'write { tls-host-without-rule: error }' });
    return [];
  }
  return node.entries.flatMap(({ key, value }) => {
    const level = levelOf(check, value);
    return isRule(check, key, level === 'off' ? 'off' : 'named') && level !== undefined
      ? [{ rule: key.text, level }]
      : [];
  });
}

function levelOf({ report }: Check, node: Node): string | undefined {
  if (node.kind === 'text' && FILE_LEVELS.some(level => level === node.text)) return node.text;
  const near = node.kind === 'text' ? suggest(node.text, FILE_LEVELS) : undefined;
  const help = near === undefined ? `use ${listed(FILE_LEVELS, FILE_LEVELS.length)}` : `did you mean "${near}"?`;
  report({ start: node.start, message: `${shown(node)} is no severity`, help });
  return undefined;
}

function isRule({ known, report }: Check, { text, start }: TextNode, use: RuleUse): boolean {
  const problem = known.problemOfRule(text, use);
  if (problem !== undefined) report({ start, ...problem });
  return problem === undefined;
}
