import { expect, test } from 'vitest';

import { suggest } from '../../../src/diagnostics/suggest.ts';

test.each([
  { name: 'a letter too few', given: 'rewrite-targt', known: ['rewrite-target', 'use-regex'], meant: 'rewrite-target' },
  { name: 'two letters swapped', given: 'ues-regex', known: ['rewrite-target', 'use-regex'], meant: 'use-regex' },
  { name: 'another case', given: 'ingressclassname', known: ['ingressClassName'], meant: 'ingressClassName' },
  { name: 'underscores for hyphens', given: 'use_regex', known: ['use-regex'], meant: 'use-regex' },
  { name: 'a longer word for the same thing', given: 'hostname', known: ['path', 'host'], meant: 'host' },
  { name: 'the nearest of two', given: 'auth-typ', known: ['auth-tls', 'auth-type'], meant: 'auth-type' },
  { name: 'the first of two equally near', given: 'aaab', known: ['aaac', 'aaad'], meant: 'aaac' },
  { name: 'nothing near', given: 'colour', known: ['host', 'path'], meant: undefined },
  { name: 'a short word, four letters away', given: 'x', known: ['host'], meant: undefined },
])('$name', ({ given, known, meant }) => expect(suggest(given, known)).toBe(meant));
