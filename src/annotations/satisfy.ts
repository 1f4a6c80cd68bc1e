import type { OptionSpec } from '../options/option.ts';
import type { ValueType } from '../options/value-type.ts';
import { oneOf } from '../options/value-type.ts';
import { defineFamily } from './family.ts';

const words = oneOf('all', 'any');

/** White space around it does not count, of whatever kind. */
const satisfyWord: ValueType<'all' | 'any'> = {
  ...words,
  parse: text => words.parse(text.replaceAll(/^[\t-\r ]+|[\t-\r ]+$/g, '')),
};

/**
 * Whether a client must pass all checks of its address and its password, or one of them.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/satisfy/main.go.
 */
export const satisfy = defineFamily({
  name: 'satisfy',
  options: {},
  annotations: {
    satisfy: {
      type: satisfyWord,
      default: 'all',
      example: 'any',
      summary: 'Whether a client must pass `all` checks of its address and its password, or `any` of them.',
      becomes: 'satisfy',
    } satisfies OptionSpec<'all' | 'any'>,
  },
  read: values => (values.satisfy === 'any' ? { isOneEnough: true } : undefined),
  gives: { location: asked => asked },
});
