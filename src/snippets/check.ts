import { problemOfBlocked } from './block-list.ts';
import { readCondition } from './condition.ts';
import { DIRECTIVES } from './directives.ts';
import { readAddHeader, readHideHeader, readMoreHeaders, readMoreInputHeaders, readProxySetHeader } from './headers.ts';
import { readLimitExcept, readLocation, readNetwork, readSetting } from './places.ts';
import { readBreak, readReturn, readRewrite, readSet } from './rewriting.ts';
import { isRefused, refused } from './refused.ts';
import { insteadOf } from './instead.ts';
import { shown } from './template.ts';
import { problemOfText } from '../routing/text.ts';

import type { OtherStatement, Statement } from '../routing/snippets.ts';
import type { SnippetPlace } from './directives.ts';
import type { Problem } from './lexer.ts';
import type { Directive } from './parse.ts';
import type { Refused } from './refused.ts';
import type { KnownVariables } from './variables.ts';

/** What a directive is read with. */
export interface ReadingContext {
  readonly place: SnippetPlace;
  readonly known: KnownVariables;
  /** Whether what is outside of the language may stay as it is. */
  readonly takesOthers: boolean;
  /** Says what is taken, and has no effect. */
  readonly note: (problem: Problem) => void;
  /** What stands in a block; undefined where something of it is refused, which has been said. */
  readonly inside: (body: readonly Directive[], place: SnippetPlace) => readonly Statement[] | undefined;
}

/** Reads one directive. No statements: it asks for what happens anyway. */
export type Reader = (directive: Directive, context: ReadingContext) => readonly Statement[] | Refused | undefined;

const READERS: Readonly<Record<string, Reader>> = {
  return: readReturn,
  rewrite: readRewrite,
  set: readSet,
  break: readBreak,
  if(directive, { known, place, inside }) {
    const condition = readCondition(directive, known);
    if (isRefused(condition)) return condition;
    const body = inside(directive.body ?? [], place === 'server' ? 'if-in-server' : 'if-in-location');
    return body && [{ kind: 'if', condition, body }];
  },
  location: readLocation,
  limit_except: readLimitExcept,
  allow: readNetwork,
  deny: readNetwork,
  add_header: readAddHeader,
  more_set_headers: readMoreHeaders,
  more_clear_headers: readMoreHeaders,
  proxy_hide_header: readHideHeader,
  proxy_set_header: readProxySetHeader,
  more_set_input_headers: readMoreInputHeaders,
  more_clear_input_headers: readMoreInputHeaders,
  access_log: readSetting,
  log_not_found: readSetting,
  server_tokens: readSetting,
  default_type: readSetting,
  auth_request_set: readSet,
};

/** Those that have a block. */
const BLOCKS: ReadonlySet<string> = new Set(['if', 'location', 'limit_except']);
/** Those that nginx refuses to read twice in a block. */
const ONCE: ReadonlySet<string> = new Set(['log_not_found', 'server_tokens', 'default_type', 'limit_except']);

export interface Checked {
  readonly statements: readonly Statement[];
  /** Not empty if anything is refused. */
  readonly problems: readonly Problem[];
  /** What has no effect. */
  readonly idle: readonly Problem[];
}

type Settings = Omit<ReadingContext, 'inside'>;

/** Checks directives against the language. */
export function checkDirectives(directives: readonly Directive[], settings: Omit<Settings, 'note'>): Checked {
  const problems: Problem[] = [];
  const idle: Problem[] = [];
  const note = (problem: Problem): void => void idle.push(problem);
  const statements = checkBlock(directives, { ...settings, note }, problems);
  return { statements, problems, idle };
}

function checkBlock(directives: readonly Directive[], settings: Settings, problems: Problem[]): readonly Statement[] {
  const statements: Statement[] = [];
  const seen = new Set<string>();
  for (const directive of directives) {
    const { name } = directive;
    if (ONCE.has(name.text) && seen.has(name.text)) {
      problems.push({
        offset: name.offset,
        message: `${name.text} stands twice, which nginx refuses`,
        help: 'keep one',
      });
      continue;
    }
    seen.add(name.text);
    const before = problems.length;
    const read = readOne(directive, settings, problems);
    if (read === undefined) continue;
    if (isRefused(read)) {
      if (problems.length === before) problems.push(read.refused);
      continue;
    }
    const place = read.map(placeOf).find(each => each !== undefined && seen.has(each));
    if (place !== undefined) {
      problems.push({ offset: name.offset, message: `${place} stands twice, which nginx refuses`, help: 'keep one' });
    }
    for (const statement of read) seen.add(placeOf(statement) ?? '');
    statements.push(...read);
  }
  return statements;
}

/** A location of which nginx takes one; it takes several equal expressions. */
function placeOf(statement: Statement): string | undefined {
  if (statement.kind !== 'location' || statement.match.startsWith('~')) return undefined;
  return `location ${statement.match === '=' ? '= ' : ''}${statement.path}`;
}

function readOne(
  directive: Directive,
  settings: Settings,
  problems: Problem[],
): readonly Statement[] | Refused | undefined {
  const { name, body } = directive;
  const places = DIRECTIVES.get(name.text);
  const reader = places?.includes(settings.place) === true ? READERS[name.text] : undefined;
  if (reader === undefined) {
    if (settings.takesOthers) return readOther(directive, places !== undefined && name.text.startsWith('more_'));
    return refused(name, outside(name.text, settings.place, places), insteadOf(name.text));
  }
  if (BLOCKS.has(name.text) !== (body !== undefined)) {
    const help = body === undefined ? 'write a block in braces behind it' : 'write ";" behind it';
    return refused(name, `${name.text} ${body === undefined ? 'has no block' : 'takes no block'}`, help);
  }
  const inner: Problem[] = [];
  const inside = (block: readonly Directive[], place: SnippetPlace): readonly Statement[] | undefined => {
    const statements = checkBlock(block, { ...settings, place }, inner);
    return inner.length === 0 ? statements : undefined;
  };
  const read = reader(directive, { ...settings, inside });
  if (read !== undefined && !isRefused(read)) return read;
  // What nginx would take all the same stays as it is.
  if (settings.takesOthers && !name.text.startsWith('more_')) return readOther(directive, false);
  problems.push(...inner);
  return read;
}

function outside(name: string, place: SnippetPlace, places: readonly SnippetPlace[] | undefined): string {
  if (places === undefined) return `"${name}" is not a directive that snippets may have`;
  return `"${name}" cannot stand ${WHERE[place]}`;
}

const WHERE: Readonly<Record<SnippetPlace, string>> = {
  main: 'outside of all blocks',
  http: 'in http',
  server: 'in a server',
  location: 'in a location',
  auth: 'where an auth service is asked',
  stream: 'in stream',
  'if-in-server': 'in an "if" of a server',
  'if-in-location': 'in an "if"',
  'limit-except': 'in limit_except',
};

/** A directive that stays as it is, unless it could reach what is outside of nginx.conf. */
function readOther(directive: Directive, isUnknown: boolean): readonly OtherStatement[] | Refused {
  const problem = problemOfBlocked(directive);
  if (problem !== undefined) return { refused: problem };
  const unwritable = problemOfWords(directive);
  if (unwritable !== undefined) return unwritable;
  if (isUnknown) return refused(directive.name, `stock nginx has no ${directive.name.text}`, 'remove it');
  return [otherOf(directive)];
}

/** Why nginx would not read a word that is written anew. */
function problemOfWords({ name, args, body = [] }: Directive): Refused | undefined {
  for (const word of [name, ...args]) {
    const problem = problemOfText(word.text.replaceAll(/[\n\r\t]/g, '  '));
    if (problem !== undefined) return refused(word, `${shown(word)} ${problem}`, 'shorten it, or remove it');
  }
  for (const inner of body) {
    const found = problemOfWords(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

function otherOf({ name, args, body }: Directive): OtherStatement {
  const words = [name, ...args].map(({ text }) => text);
  return body === undefined ? { kind: 'other', words } : { kind: 'other', words, body: body.map(otherOf) };
}
