import { defineFamily } from '../annotations/family.ts';
import { snippetText } from '../annotations/snippet-options.ts';
import type { OptionSpec } from '../options/option.ts';
import { statementsOfOption } from '../annotations/snippets.ts';

const NAME = 'http-snippet';

/** Directives of the ConfigMap for the http block; what is wrong with them is said where its options are read. */
export const httpSnippet = defineFamily({
  name: 'httpSnippet',
  annotations: {},
  options: {
    [NAME]: {
      type: snippetText,
      default: '',
      example: 'add_header X-Frame-Options DENY always;',
      summary: 'Directives of nginx for the http block.',
      becomes: 'the same directives',
    } satisfies OptionSpec<string>,
  },
  read: () => undefined,
  gives: {
    http(options, { snippets }) {
      const statements = statementsOfOption(NAME, options[NAME], 'http', snippets);
      return statements.length === 0 ? undefined : { statements };
    },
  },
});
