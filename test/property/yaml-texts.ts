import * as fc from 'fast-check';

/*
 * YAML as people and tools write it: every style, quote, indentation, comment and blank line that a manifest has, and
 * ways to break it.
 */

/** How a node is written behind its key or its dash, `column` being that of what holds it. */
type Written = (column: number) => string;

const comment = fc.constantFrom('', '', '', '', ' # why', '  #', ' # a: "b', ' # ä\u2028');
const between = fc.constantFrom('', '', '', '', '\n', '# c\n', '    # c: d\n', '  \n', '#\n\n');

const wordsOf = (list: string): readonly string[] => list.split('¦');

const USUAL = wordsOf(
  "nginx¦shop.example.com¦/api(/|$)(.*)¦a b  c¦it's¦http://a.io/?x=1#y¦8m¦80¦-1¦true¦no¦yes¦null¦~¦1.10¦LS0tLS1CRUdJTg==¦é",
);
const ODD = [
  ...wordsOf(
    '¦a"b¦a:b¦#¦a #b¦On¦FALSE¦y¦-0¦0¦007¦0x1F¦0o17¦1_000¦+1¦.5¦-.inf¦.NaN¦1e3¦1:20¦2020-01-01¦18446744073709551616',
  ),
  ...wordsOf(
    '9007199254740993¦1e999¦-¦--¦-x¦- x¦? a¦?¦:¦: x¦:x¦a: b¦a :b¦&a¦*a¦!a¦@a¦`a¦%a¦|¦>¦{¦}¦[¦]¦,¦a, b¦{a}¦<<¦=¦---',
  ),
  ...wordsOf('...¦\u00a0¦\u2028¦😀¦\t¦a\tb¦\\¦__proto__¦constructor'),
  'x'.repeat(1_100),
];
const bare = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...USUAL) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD) },
);

const key = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      'f:spec',
      '.',
      'k:{"port":80}',
      'kind',
      'metadata',
      'name',
      'a',
      'b',
      'c',
      'app.kubernetes.io/name',
      'tls.crt',
    ),
  },
  { weight: 1, arbitrary: bare },
  { weight: 1, arbitrary: bare.map(text => JSON.stringify(text)) },
  { weight: 1, arbitrary: bare.map(text => `'${text.replaceAll("'", "''")}'`) },
);

const line = fc.oneof(
  { weight: 3, arbitrary: bare },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '  a', '\ta', '      ') },
);

const scalar = fc
  .oneof(
    { weight: 6, arbitrary: bare },
    { weight: 2, arbitrary: bare.map(text => JSON.stringify(text)) },
    { weight: 2, arbitrary: bare.map(text => `'${text.replaceAll("'", "''")}'`) },
  )
  .chain(text =>
    comment.map(
      (end): Written =>
        () =>
          ` ${text}${end}\n`,
    ),
  );

const block = fc
  .record({
    head: fc.constantFrom(...wordsOf('|¦|¦|¦|¦|-¦|-¦|-¦|+¦|2¦>¦>-¦| # c¦|  ')),
    lines: fc.array(line, { maxLength: 4 }),
    depth: fc.constantFrom(2, 2, 2, 1, 4, 0),
  })
  .map(({ head, lines, depth }): Written => {
    return column =>
      ` ${head}\n${lines.map(text => (text === '' ? '\n' : `${' '.repeat(Math.max(0, column) + depth)}${text}\n`)).join('')}`;
  });

const flowed = fc.letrec<{ node: string }>(tie => ({
  node: fc.oneof(
    { maxDepth: 2 },
    bare,
    bare.map(text => JSON.stringify(text)),
    fc
      .tuple(fc.array(tie('node'), { maxLength: 3 }), fc.constantFrom(', ', ',', ' , '))
      .map(([items, comma]) => `[${items.join(comma)}]`),
    fc
      .tuple(fc.array(fc.tuple(key, tie('node')), { maxLength: 3 }), fc.constantFrom(': ', ':', ' : '))
      .map(([entries, colon]) => `{ ${entries.map(pair => pair.join(colon)).join(', ')} }`),
  ),
})).node;

const flow = fc.tuple(flowed, comment).map(
  ([text, end]): Written =>
    () =>
      ` ${text}${end}\n`,
);

const { node } = fc.letrec<{ node: Written; mapping: Written; list: Written }>(tie => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    { weight: 6, arbitrary: scalar },
    { weight: 1, arbitrary: block },
    { weight: 1, arbitrary: flow },
    { weight: 4, arbitrary: tie('mapping') },
    { weight: 3, arbitrary: tie('list') },
  ),
  mapping: fc
    .record({
      entries: fc.array(fc.tuple(key, tie('node'), between), { minLength: 1, maxLength: 4 }),
      depth: fc.constantFrom(2, 2, 2, 2, 1, 4, 0),
      end: comment,
    })
    .map(({ entries, depth, end }): Written => {
      return column => `${end}\n${entriesAt(entries, column === -1 ? 0 : column + depth)}`;
    }),
  list: fc
    .record({
      items: fc.array(fc.tuple(tie('node'), between), { minLength: 1, maxLength: 3 }),
      depth: fc.constantFrom(0, 0, 2, 2, 4, 1),
      isCompact: fc.constantFrom(true, true, false),
      gap: fc.constantFrom(1, 1, 1, 3),
    })
    .map(({ items, depth, isCompact, gap }): Written => {
      return column => {
        const at = column === -1 ? 0 : column + depth;
        const dash = `${' '.repeat(at)}-`;
        return `\n${items.map(([item, more]) => `${dash}${isCompact ? compact(item(at + gap - 1), gap) : item(at)}${more}`).join('')}`;
      };
    }),
}));

function entriesAt(entries: readonly (readonly [string, Written, string])[], at: number): string {
  return entries.map(([name, value, more]) => `${' '.repeat(at)}${name}:${value(at)}${more}`).join('');
}

/** A mapping or list that begins in the line of its dash. */
function compact(text: string, gap: number): string {
  return text.startsWith('\n') ? ' '.repeat(gap) + text.slice(1).trimStart() : text;
}

/** A document; most are YAML. */
export const yamlText: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', '', '---\n', '# c\n', '--- \n', '---\n\n# c\n'),
    between,
    fc.array(fc.tuple(key, node, between), { minLength: 1, maxLength: 5 }),
  )
  .map(([head, more, entries]) => `${head}${more}${entriesAt(entries, 0)}`);

const SIGNS = [
  ...Array.from(':#-\'"|>[]{}&*!?%@,\t\r\n \\~<=`0ä€\u0000\u007f\u0085\u00a0\u2028\ufeff'),
  ...wordsOf("\ud800¦\udc00¦😀¦\n ¦\n  ¦ #¦: ¦- ¦''¦---¦...¦\n---\n¦|\n¦<<: ¦__proto__: "),
];

interface Edit {
  readonly at: number;
  readonly drop: number;
  readonly put: string;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat(),
  drop: fc.constantFrom(0, 0, 1, 1, 2),
  put: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...SIGNS) }, { weight: 1, arbitrary: fc.constant('') }),
});

/** A text with some characters put in, taken out or replaced. */
export function mutantsOf(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(text, fc.array(edit, { minLength: 1, maxLength: 4 })).map(([whole, edits]) =>
    edits.reduce((part, { at, drop, put }) => {
      const place = at % (part.length + 1);
      return part.slice(0, place) + put + part.slice(place + drop);
    }, whole),
  );
}
