import type { OptionsContext } from '../annotations/family.ts';
import { defineFamily } from '../annotations/family.ts';
import type { OptionSpec } from '../options/option.ts';
import type { Parsed, ValueType } from '../options/value-type.ts';
import { bool } from '../options/value-type.ts';
import type { HeaderText } from '../routing/header-text.ts';
import { isMadeByNginx } from '../routing/header-text.ts';
import { configMapName, configuredHeaders } from './configured-headers.ts';
import { optionWithoutEffect } from './rules/options.ts';

const ADD = 'add-headers';
const HIDE = 'hide-headers';
const PASS_SERVER = 'allow-backend-server-header';

/** Names between commas; those that no header can have are left out, the others count. */
const names: ValueType<readonly string[]> = {
  name: 'list of names of headers, separated by commas',
  schema: {},
  separator: ',',
  parse(value): Parsed<readonly string[]> {
    const all = value
      .split(',')
      .map(name => name.trim())
      .filter(name => name !== '');
    const isName = (name: string): boolean => /^[\w.-]{1,255}$/.test(name);
    const wrong = all.find(name => !isName(name));
    if (wrong === undefined) return { ok: true, value: all };
    const problem = `has "${wrong}", which is not the name of a header`;
    return { ok: false, problem, help: 'use letters, digits, - and _', rest: all.filter(isName) };
  },
};

/** Those that can be set, and those that are set to nothing, which takes them away. */
function readAdded(name: string, context: OptionsContext): { readonly set: HeaderText[]; readonly empty: string[] } {
  const added: { set: HeaderText[]; empty: string[] } = { set: [], empty: [] };
  const at = context.written(ADD);
  for (const header of configuredHeaders(ADD, name, context, () => undefined)) {
    if ('refused' in header) continue;
    if (isMadeByNginx(header.name)) {
      const message = `${ADD}: ${header.name} has no effect: nginx makes it by itself`;
      context.report({ rule: optionWithoutEffect, message, help: 'remove it', ...(at && { at }) });
    } else if (header.value.length === 0) added.empty.push(header.name);
    else added.set.push(header);
  }
  return added;
}

/** Each once, whatever its case. */
function distinct(all: readonly string[]): readonly string[] {
  return [...new Map(all.map(name => [name.toLowerCase(), name])).values()];
}

/**
 * Headers of all responses.
 * Source: ingress-nginx 1.15.1, rootfs/etc/nginx/template/nginx.tmpl and internal/ingress/controller/nginx.go.
 */
export const responseHeaders = defineFamily({
  name: 'responseHeaders',
  annotations: {},
  options: {
    [ADD]: {
      type: configMapName,
      default: '',
      example: 'ingress-nginx/response-headers',
      summary:
        'A ConfigMap with headers that all responses get, in place of those of backends; variables of nginx are replaced in their values.',
      becomes: 'add_header, proxy_hide_header',
    } satisfies OptionSpec<string>,
    [HIDE]: {
      type: names,
      default: [],
      example: 'X-Powered-By,X-AspNet-Version',
      summary: 'Headers of backends that do not reach the client.',
      becomes: 'proxy_hide_header',
    } satisfies OptionSpec<readonly string[]>,
    'server-tokens': {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether responses name the version of nginx.',
      becomes: 'server_tokens',
      differs: [
        {
          says: 'responses name nginx without its version; the controller sends no Server header',
          where: shown => !shown,
        },
      ],
    } satisfies OptionSpec<boolean>,
    [PASS_SERVER]: {
      type: bool,
      default: false,
      example: 'true',
      summary: 'Whether the Server header of the backend reaches the client; only with server-tokens.',
      becomes: 'proxy_pass_header',
    } satisfies OptionSpec<boolean>,
  },
  read: () => undefined,
  gives: {
    http(options, context) {
      const { set, empty } = readAdded(options[ADD], context);
      const showsVersion = options['server-tokens'];
      const at = context.written(PASS_SERVER);
      if (options[PASS_SERVER] && !showsVersion && at !== undefined) {
        const message = `${PASS_SERVER} has no effect without server-tokens`;
        context.report({ rule: optionWithoutEffect, message, help: 'set server-tokens to "true", or remove it', at });
      }
      const hidden = distinct([...options[HIDE], ...empty]);
      return { headers: set, hidden, showsVersion, passesServer: options[PASS_SERVER] && showsVersion };
    },
  },
});
