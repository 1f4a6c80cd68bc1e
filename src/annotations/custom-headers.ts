import type { OptionSpec } from '../options/option.ts';
import { listOf, text, trimmed } from '../options/value-type.ts';
import { keyOf } from '../diagnostics/place.ts';
import type { Rule } from '../diagnostics/rule.ts';
import type { ConfigMap } from '../resources/model.ts';
import { refOf } from '../resources/model.ts';
import { isMadeByNginx } from '../routing/header-text.ts';
import type { CustomHeaders } from '../routing/policies/custom-headers.ts';
import { annotationRef } from './annotation-ref.ts';
import type { Closed } from './closed.ts';
import { closed } from './closed.ts';
import type { ReadContext } from './family.ts';
import { defineFamily } from './family.ts';
import { annotationWithoutEffect } from './rules/annotations.ts';
import { refusedCustomHeaders } from './rules/custom-headers.ts';

const NAME = 'custom-headers';
const ALLOWED = 'global-allowed-response-headers';

const HEADER = /^[a-zA-Z\d_-]+$/;
const VALUE = /^[a-zA-Z\d_ :;.,\\/"'?!(){}[\]@<>=\-+*#$&`|~^%]+$/;
/** More than anybody needs, and half of what nginx takes as one word. */
const LONGEST_VALUE = 2048;

type Context = ReadContext<{ readonly [ALLOWED]: readonly string[] }>;

/** What makes the controller close the locations; undefined for nothing. */
function problemOf(name: string, value: string, allowed: readonly string[]): readonly [string, string] | undefined {
  if (!HEADER.test(name)) return [`"${name}" is not the name of a header`, 'use letters, digits, - and _'];
  if (value.length > LONGEST_VALUE) return [`${name} is longer than ${LONGEST_VALUE} characters`, 'shorten it'];
  if (!VALUE.test(value)) {
    return [`${name} is empty or has characters that are not allowed`, 'use visible ASCII characters and blanks'];
  }
  if (allowed.includes(name)) return undefined;
  return [`${name} is not one of the headers that ${ALLOWED} allows`, `add it to ${ALLOWED} of the controller`];
}

function headersOf({ data, ...configMap }: ConfigMap, context: Context): CustomHeaders | Closed<never> | undefined {
  const { options, ingress, report } = context;
  const headers = new Map<string, { readonly name: string; readonly value: string }>();
  const title = `${NAME}: ConfigMap ${configMap.namespace}/${configMap.name}`;
  const say = (rule: Rule, name: string, problem: string, help: string): void => {
    const related = [{ message: 'it is set here', at: keyOf(refOf(configMap, 'data', name)) }];
    report({ rule, message: `${title}: ${problem}`, help, at: annotationRef(ingress, NAME), related });
  };
  let isRefused = false;
  for (const [name, value] of Object.entries(data).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const [problem, help] = problemOf(name, value, options[ALLOWED]) ?? [];
    if (problem !== undefined && help !== undefined) {
      isRefused = true;
      say(refusedCustomHeaders, name, problem, help);
    } else if (isMadeByNginx(name)) {
      say(annotationWithoutEffect, name, `${name} has no effect: nginx makes it by itself`, 'remove it');
    } else headers.set(name.toLowerCase(), { name, value });
  }
  if (isRefused) return closed('location', `a header of ${NAME} is not allowed`);
  return headers.size === 0 ? undefined : { headers: [...headers.values()] };
}

/**
 * Headers that all responses get, by a ConfigMap. A header that may not be set closes the locations, as in the controller.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/customheaders/main.go.
 */
export const customHeaders = defineFamily({
  name: 'customHeaders',
  annotations: {
    [NAME]: {
      type: trimmed(text(/^[-._~a-zA-Z0-9/:]*$/, 'letters, digits and - . _ ~ / :')),
      default: '',
      example: 'shop/headers',
      summary: 'The ConfigMap (`namespace/name`) with headers that responses get, in place of those of the backend.',
      becomes: 'add_header, proxy_hide_header',
    } satisfies OptionSpec<string>,
  },
  options: {
    [ALLOWED]: {
      type: listOf(text(HEADER, 'letters, digits, - and _')),
      default: [],
      example: 'X-Frame-Options,X-Team',
      summary: 'The headers that `custom-headers` may set; capitals count.',
      becomes: 'add_header, proxy_hide_header',
    } satisfies OptionSpec<readonly string[]>,
  },
  read(values, context) {
    const name = values[NAME];
    if (name === '') return undefined;
    const configMap = context.tables.configMaps.get(name);
    if (configMap !== undefined) {
      // What is wrong with one that was refused has been said.
      if (configMap.isRefused === true)
        return closed<CustomHeaders>('location', `the ConfigMap of ${NAME} is not valid`);
      return headersOf(configMap, context);
    }
    const { ingress, report } = context;
    const at = annotationRef(ingress, NAME);
    const message = `${NAME}: the ConfigMap ${name} is not in the input`;
    const help = name.includes('/') ? 'add the ConfigMap to the input' : `write "${ingress.namespace}/${name}"`;
    const lacks = name.includes('/') ? { lacks: { kind: 'ConfigMap', key: name } as const } : {};
    report({ rule: refusedCustomHeaders, message, help, at, ...lacks });
    return closed<CustomHeaders>('location', `the ConfigMap of ${NAME} is missing`);
  },
  gives: { location: asked => asked },
});
