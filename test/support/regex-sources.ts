import fc from 'fast-check';

/**
 * Expressions of all that is understood of PCRE, over so few letters that many fit. Some of them are refused: a
 * reference to no group, or nothing to repeat.
 */
const atom = fc.oneof(
  { arbitrary: fc.constantFrom('a', 'b', 'A', '/', '1', '-', ' ', '\\.', '\\/', 'é', '{', '}', ']'), weight: 10 },
  { arbitrary: fc.constantFrom('.', '\\d', '\\w', '\\s', '\\W', '\\D', '\\S', '\\N'), weight: 5 },
  { arbitrary: fc.constantFrom('\\h', '\\H', '\\v', '\\V', '\\n', '\\t', '\\x41', '\\x{61}', '\\x'), weight: 2 },
  { arbitrary: fc.constantFrom('\\p{L}', '\\pN', '\\P{Lu}', '\\p{^Ll}', '\\p{L&}', '\\p{Xan}', '\\p{Xwd}'), weight: 1 },
  { arbitrary: fc.constantFrom('\\0', '\\0141', '\\xe9', '\\e', '\\é', '(?#x)'), weight: 1 },
  { arbitrary: fc.constantFrom('^', '$', '\\b', '\\B', '\\A', '\\z', '\\Z', '\\G'), weight: 3 },
  { arbitrary: fc.constantFrom('\\2', '\\2', '\\3', '\\4', '\\k<n>', '(?P=n)'), weight: 4 },
  { arbitrary: fc.constantFrom('(?i)', '(?-i)', '(?s)', '(?m)', '(?U)', '(?i-m)'), weight: 1 },
);
const member = fc.constantFrom(
  'a',
  'b',
  'A-B',
  'a-b',
  '/',
  '1',
  '-',
  '\\d',
  '\\w',
  '\\s',
  '\\S',
  '\\n',
  '\\x41',
  '\\141',
  '\\b',
  '\\]',
  '^',
  '[',
  '.',

  '[:alpha:]',
  '[:upper:]',
  '[:lower:]',
  '[:^digit:]',
  '[:space:]',
  '[:punct:]',
  '[:word:]',
  '[:ascii:]',
  '[:cntrl:]',

  'é',
  '\\p{Lu}',
  '\\P{L}',
  '\\h',
  '\\xe9-\\xff',
  '[:print:]',
  '[:blank:]',
  '[:xdigit:]',
  '[:graph:]',
  '[:alnum:]',
);
const set = fc
  .tuple(fc.constantFrom('[', '[', '[^', '[]'), fc.array(member, { minLength: 1, maxLength: 3 }))
  .map(([open, members]) => `${open}${members.join('')}]`);
const quantifier = fc.oneof(
  { arbitrary: fc.constant(''), weight: 8 },
  { arbitrary: fc.constantFrom('*', '+', '?', '*?', '+?', '??', '*+', '++', '?+'), weight: 6 },
  {
    arbitrary: fc.constantFrom('{2}', '{1,2}', '{0,2}', '{1,}', '{2,}?', '{0,3}?', '{0}', '{2}+', '{0,}+', '{0,1}'),
    weight: 2,
  },
);
const opening = fc.oneof(
  { arbitrary: fc.constant('('), weight: 8 },
  { arbitrary: fc.constantFrom('(?:', '(?:', '(?>', '(?=', '(?!', '(?<=', '(?<!'), weight: 6 },
  { arbitrary: fc.constantFrom('(?i:', '(?-i:', '(?s:', '(?m:', '(?U:', '(?<n>', "(?'n'"), weight: 2 },
);

const grammar = fc.letrec<{ item: string; branch: string; expression: string }>(tie => ({
  item: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { arbitrary: fc.tuple(atom, quantifier).map(parts => parts.join('')), weight: 8 },
    { arbitrary: fc.tuple(set, quantifier).map(parts => parts.join('')), weight: 3 },
    {
      arbitrary: fc
        .tuple(opening, tie('expression'), quantifier)
        .map(([open, inside, times]) => `${open}${inside})${times}`),
      weight: 6,
    },
  ),
  branch: fc.array(tie('item'), { maxLength: 4 }).map(items => items.join('')),
  expression: fc
    .oneof(
      { arbitrary: fc.array(tie('branch'), { minLength: 1, maxLength: 1 }), weight: 3 },
      fc.array(tie('branch'), { minLength: 2, maxLength: 3 }),
    )
    .map(branches => branches.join('|')),
}));

export const regexSource = grammar.expression;
