import { readExpression } from './regex.ts';
import { isRefused, refused } from './refused.ts';
import { readTemplate, shown } from './template.ts';
import { settable } from './variables.ts';

import type { RewriteStatement, Template } from '../routing/snippets.ts';
import type { Reader } from './check.ts';

/** Statuses whose text is a URL. Source: nginx, ngx_http_send_response. */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const FLAGS = ['last', 'break', 'redirect', 'permanent'] as const;
const MOVED = 302;

/** Whether nginx takes a text for a URL that clients are sent to. */
const isUrl = (text: string): boolean => /^(?:https?:\/\/|\$scheme)/.test(text);

export const readReturn: Reader = ({ name, args }, { known }) => {
  const [first, text, more] = args;
  if (first === undefined || more !== undefined) {
    return refused(name, 'return takes a status, and perhaps a text', 'write return 403; or return 301 URL;');
  }
  if (text === undefined && isUrl(first.text)) {
    const url = readTemplate(first, { known, groups: 'yes', lines: 'none' });
    return isRefused(url) ? url : [{ kind: 'return', code: MOVED, text: url, isRedirect: true }];
  }
  const code = /^[2-5]\d\d$/.test(first.text) ? Number(first.text) : undefined;
  if (code === undefined) return refused(first, `return: ${shown(first)} is no status`, 'write one from 200 to 599');
  if (text === undefined) return [{ kind: 'return', code, isRedirect: false }];
  const isRedirect = REDIRECTS.has(code);
  const template = readTemplate(text, { known, groups: 'yes', lines: isRedirect ? 'none' : 'kept' });
  return isRefused(template) ? template : [{ kind: 'return', code, text: template, isRedirect }];
};

export const readRewrite: Reader = ({ name, args }, { known }) => {
  const [pattern, to, word, more] = args;
  const flag = FLAGS.find(each => each === word?.text);
  if (pattern === undefined || to === undefined || more !== undefined || (word !== undefined && flag === undefined)) {
    return refused(name, 'rewrite takes an expression, a path, and a flag', `the flags are ${FLAGS.join(', ')}`);
  }
  const expression = readExpression(pattern);
  if (isRefused(expression)) return expression;
  const template = readTemplate(to, { known, groups: 'yes', lines: 'none' });
  if (isRefused(template)) return template;
  if (template.length === 0) return refused(to, 'rewrite leads to an empty path', 'write "/"');
  const isRedirect = isUrl(to.text) || flag === 'redirect' || flag === 'permanent';
  // nginx before 1.30.1 writes behind the end of its memory when a group is used after that.
  if (flag === undefined && !isRedirect && hasQuery(template)) {
    return refused(to, `rewrite to ${shown(to)} goes on with a query`, 'write "last" or "break" behind it');
  }
  const statement: RewriteStatement = { kind: 'rewrite', pattern: expression.regex, to: template, isRedirect };
  return [flag === undefined ? statement : { ...statement, flag }];
};

function hasQuery(template: Template): boolean {
  return template.some(part => part.kind === 'text' && part.text.includes('?'));
}

/** `set`, and `auth_request_set`, which is the same for when an auth service has answered. */
export const readSet: Reader = ({ name: directive, args }, { known }) => {
  const [name, value, more] = args;
  if (name === undefined || value === undefined || more !== undefined || !name.text.startsWith('$')) {
    return refused(
      directive,
      `${directive.text} takes a variable and a value`,
      `write ${directive.text} $name "value";`,
    );
  }
  const variable = settable(name.text.slice(1).toLowerCase(), known);
  if (typeof variable === 'string') return refused(name, `${shown(name)} ${variable}`, 'give it another name');
  const isOfAuth = directive.text === 'auth_request_set';
  const to = readTemplate(value, { known, groups: isOfAuth ? 'no' : 'yes', lines: 'none' });
  return isRefused(to) ? to : [{ kind: isOfAuth ? 'auth-variable' : 'set', variable, to }];
};

export const readBreak: Reader = ({ args: [more] }) =>
  more === undefined ? [{ kind: 'break' }] : refused(more, 'break takes nothing', 'write break;');
