import { defineFamily } from '../annotations/family.ts';
import { snippetText } from '../annotations/snippet-options.ts';
import type { OptionSpec } from '../options/option.ts';
import { statementsOfOption } from '../annotations/snippets.ts';

const NAME = 'main-snippet';

/** Directives of the ConfigMap for the top of the configuration; what is wrong with them is said where its options are read. */
export const mainSnippet = defineFamily({
  name: 'mainSnippet',
  annotations: {},
  options: {
    [NAME]: {
      type: snippetText,
      default: '',
      example: 'pcre_jit on;',
      summary: 'Directives of nginx for the top of the configuration.',
      becomes: 'the same directives',
    } satisfies OptionSpec<string>,
  },
  read: () => undefined,
  gives: {
    main(options, { snippets }) {
      const statements = statementsOfOption(NAME, options[NAME], 'main', snippets);
      return statements.length === 0 ? undefined : { statements };
    },
  },
});
