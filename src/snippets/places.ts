import { networks } from '../options/networks.ts';
import { problemOfText } from '../routing/text.ts';
import { readExpression } from './regex.ts';
import { isRefused, refused } from './refused.ts';
import { shown } from './template.ts';

import type { AccessStatement, LocationStatement } from '../routing/snippets.ts';
import type { Reader } from './check.ts';
import type { Word } from './lexer.ts';
import type { Refused } from './refused.ts';

/** Those that limit_except of every nginx knows. */
const METHODS: ReadonlySet<string> = new Set([
  'COPY',
  'DELETE',
  'GET',
  'HEAD',
  'LOCK',
  'MKCOL',
  'MOVE',
  'OPTIONS',
  'PATCH',
  'POST',
  'PROPFIND',
  'PROPPATCH',
  'PUT',
  'UNLOCK',
]);

const MEDIA_TYPE = /^[\w.+-]+\/[\w.+-]+(?:; ?charset=[\w-]+)?$/;

/** What each of these may be set to. */
const SETTINGS = {
  access_log: { pattern: /^off$/, help: 'write access_log off;' },
  log_not_found: { pattern: /^(?:on|off)$/, help: 'write on or off' },
  server_tokens: { pattern: /^(?:on|off|build)$/, help: 'write on or off' },
  default_type: { pattern: MEDIA_TYPE, help: 'write a media type such as text/plain' },
} as const;

export const readSetting: Reader = ({ name: directive, args: [value, more] }) => {
  const name = isSetting(directive.text) ? directive.text : undefined;
  if (name === undefined || value === undefined || more !== undefined) {
    return refused(directive, `${directive.text} takes one value here`, name ? SETTINGS[name].help : 'remove it');
  }
  const { pattern, help } = SETTINGS[name];
  if (!pattern.test(value.text)) return refused(value, `${name}: ${shown(value)} cannot stand here`, help);
  return [{ kind: 'setting', name, value: value.text }];
};

function isSetting(name: string): name is keyof typeof SETTINGS {
  return Object.hasOwn(SETTINGS, name);
}

export const readNetwork: Reader = ({ name, args }) => {
  const statement = accessOf(name, args);
  return isRefused(statement) ? statement : [statement];
};

function accessOf(name: Word, [word, more]: readonly Word[]): AccessStatement | Refused {
  if (word === undefined || more !== undefined) return refused(name, `${name.text} takes one network`, 'name one');
  const isAllowed = name.text === 'allow';
  if (word.text === 'all') return { kind: 'access', isAllowed, network: 'all' };
  const parsed = word.text.includes(',') ? undefined : networks.parse(word.text);
  const [network] = parsed?.ok === true ? parsed.value : [];
  if (network !== undefined) return { kind: 'access', isAllowed, network };
  return refused(word, `${name.text}: ${shown(word)} is no IP address or network`, 'write one, or all');
}

export const readLimitExcept: Reader = ({ name, args, body = [] }, { inside }) => {
  const methods = args.map(({ text }) => text.toUpperCase());
  const unknown = args.find(({ text }) => !METHODS.has(text.toUpperCase()));
  if (unknown !== undefined)
    return refused(unknown, `limit_except: there is no method ${shown(unknown)}`, 'correct it');
  if (methods.length === 0) return refused(name, 'limit_except names no method', 'write limit_except GET { ... }');
  const statements = inside(body, 'limit-except');
  const rules = statements?.flatMap(each => (each.kind === 'access' ? [each] : []));
  // What else nginx takes there stays with all of the block.
  if (rules === undefined || rules.length !== statements?.length) return undefined;
  return [{ kind: 'limit-except', methods: [...new Set(methods)], rules }];
};

/** A modifier may stand before the path without a blank. */
export const readLocation: Reader = ({ name, args, body = [] }, { inside }) => {
  const [first, second, more] = args;
  if (first === undefined || more !== undefined) {
    return refused(name, 'location takes a path', 'write location /path { ... }, or location ~ expression { ... }');
  }
  const [, glued = '', rest = ''] = /^(=|\^~|~\*|~|)(.*)$/s.exec(first.text) ?? [];
  if (second !== undefined && rest !== '') return refused(first, `location ${shown(first)} has two paths`, 'keep one');
  const match = matchOf(glued);
  const word = second ?? { text: rest, offset: first.offset + glued.length };
  const path = match === '~' || match === '~*' ? expressionOf(word) : pathOf(word);
  if (typeof path !== 'string') return path;
  const statements = inside(body, 'location');
  return statements && [{ kind: 'location', match, path, body: statements }];
};

function matchOf(text: string): LocationStatement['match'] {
  return (['=', '^~', '~', '~*'] as const).find(each => each === text) ?? '';
}

function expressionOf(word: Word): string | Refused {
  const expression = readExpression(word);
  return isRefused(expression) ? expression : expression.regex;
}

function pathOf(word: Word): string | Refused {
  const problem = problemOfText(word.text);
  if (problem !== undefined) return refused(word, `location ${shown(word)} ${problem}`, 'write it as browsers show it');
  if (word.text.startsWith('/')) return word.text;
  return refused(word, `location ${shown(word)} does not begin with "/"`, 'write "/" before it');
}
