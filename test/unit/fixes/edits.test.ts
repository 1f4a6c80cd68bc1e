import { expect, test } from 'vitest';

import type { FixEdit } from '../../../src/diagnostics/fix.ts';
import type { FieldPath } from '../../../src/diagnostics/place.ts';
import { applyFixes } from '../../../src/fixes/apply.ts';
import { changed } from '../../../src/fixes/changes.ts';
import { parseSources } from '../../../src/manifests/parse-sources.ts';

type Unplaced<E> = E extends FixEdit ? Omit<E, 'at'> & { readonly at: FieldPath } : never;

interface Row {
  readonly name: string;
  readonly before: string;
  readonly edits: readonly Unplaced<FixEdit>[];
  /** Or why it is not made. */
  readonly after: string | { readonly refused: string };
  /** Of the object, the first if it is left out. */
  readonly number?: number;
}

const HEAD = 'apiVersion: v1\nkind: ConfigMap\n';
const NEST: Unplaced<FixEdit> = {
  kind: 'nest',
  at: ['data'],
  under: 'service',
  fields: [
    { key: 'serviceName', to: ['name'] },
    { key: 'servicePort', to: ['port', 'number'] },
  ],
};
const INSERT: Unplaced<FixEdit> = { kind: 'insert', at: ['data'], key: 'b', value: 'new', after: 'a' };
const MOVE: Unplaced<FixEdit> = { kind: 'move', at: ['metadata', 'from'], to: ['data'], key: 'to' };

function outcome(before: string, edits: readonly Unplaced<FixEdit>[], number = 0): Row['after'] {
  const source = { name: 'a.yaml', text: before };
  const documents = parseSources([source], () => undefined).objects.map(({ document }) => document);
  const document = documents[number]?.id ?? '';
  const placed = edits.map(edit => ({ ...edit, at: { document, path: edit.at } }));
  const meantText = (key: string, word: string) => (key === 'switch' && word === 'off' ? word : undefined);
  const { refused, made } = applyFixes([{ title: 'mend it', effect: 'same', edits: placed }], { documents }, meantText);
  const [first] = refused;
  return first === undefined ? changed(before, made.get(source)?.changes ?? []) : { refused: first.reason };
}

const SET: readonly Row[] = [
  {
    name: 'writes a plain value plainly, and keeps the comment',
    before: 'apiVersion: v1\nkind: ConfigMap\ndata:\n  a:   old   # why\n',
    edits: [{ kind: 'set', at: ['data', 'a'], value: 'new' }],
    after: 'apiVersion: v1\nkind: ConfigMap\ndata:\n  a:   new   # why\n',
  },
  {
    name: 'keeps double quotes',
    before: `${HEAD}data: {a: "old"}\n`,
    edits: [{ kind: 'set', at: ['data', 'a'], value: 'new' }],
    after: `${HEAD}data: {a: "new"}\n`,
  },
  {
    name: 'keeps single quotes',
    before: `${HEAD}data:\n  a: 'old'\n`,
    edits: [{ kind: 'set', at: ['data', 'a'], value: "it's new" }],
    after: `${HEAD}data:\n  a: 'it''s new'\n`,
  },
  {
    name: 'takes the quotes from a number',
    before: `${HEAD}data:\n  a: "80"\n`,
    edits: [{ kind: 'set', at: ['data', 'a'], value: 80 }],
    after: `${HEAD}data:\n  a: 80\n`,
  },
  {
    name: 'puts quotes around a text that is no text without',
    before: `${HEAD}data:\n  a: old\n`,
    edits: [{ kind: 'set', at: ['data', 'a'], value: 'true' }],
    after: `${HEAD}data:\n  a: "true"\n`,
  },
  {
    name: 'leaves a value alone that an alias stands for',
    before: `${HEAD}metadata: {name: &x old}\ndata: {a: *x}\n`,
    edits: [{ kind: 'set', at: ['data', 'a'], value: 'new' }],
    after: { refused: 'the value comes from another place through an alias' },
  },
  {
    name: 'leaves a value alone that an alias uses elsewhere',
    before: `${HEAD}metadata: {name: &x old}\ndata: {a: *x}\n`,
    edits: [{ kind: 'set', at: ['metadata', 'name'], value: 'new' }],
    after: { refused: 'the value has an anchor, and an alias uses it elsewhere' },
  },
  {
    name: 'changes a value with an anchor that nobody uses',
    before: `${HEAD}data:\n  a: &x old\n`,
    edits: [{ kind: 'set', at: ['data', 'a'], value: 'new' }],
    after: `${HEAD}data:\n  a: &x new\n`,
  },
  {
    name: 'leaves a value alone that is merged in',
    before: `${HEAD}metadata: &x {a: old}\ndata: {<<: *x}\n`,
    edits: [{ kind: 'set', at: ['data', 'a'], value: 'new' }],
    after: { refused: '"a" comes from another place through "<<"' },
  },
  {
    name: 'leaves a text of several lines alone',
    before: `${HEAD}data:\n  a: |\n    old\n`,
    edits: [{ kind: 'set', at: ['data', 'a'], value: 'new' }],
    after: { refused: 'the value is a text of several lines' },
  },
  {
    name: 'leaves a key alone that is there twice',
    before: `${HEAD}data:\n  a: old\n  a: older\n`,
    edits: [{ kind: 'set', at: ['data', 'a'], value: 'new' }],
    after: { refused: '"a" is there twice' },
  },
  {
    name: 'changes one document of several, with CR LF and a byte order mark before it',
    before: `${HEAD}---\r\n\uFEFFapiVersion: v1\r\nkind: ConfigMap\r\ndata:\r\n  a: old\r\n---\n${HEAD}data: {a: old}\n`,
    edits: [{ kind: 'set', at: ['data', 'a'], value: 'new' }],
    after: `${HEAD}---\r\n\uFEFFapiVersion: v1\r\nkind: ConfigMap\r\ndata:\r\n  a: new\r\n---\n${HEAD}data: {a: old}\n`,
    number: 1,
  },
  {
    name: 'changes an item of a list',
    before:
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap}\n- apiVersion: v1\n  kind: ConfigMap\n  data:\n    a: old\n',
    edits: [{ kind: 'set', at: ['data', 'a'], value: 'new' }],
    after:
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap}\n- apiVersion: v1\n  kind: ConfigMap\n  data:\n    a: new\n',
    number: 1,
  },
];

const QUOTE: readonly Row[] = [
  ...[
    ['true', '"true"'],
    ['False', '"False"'],
    ['-1', '"-1"'],
    ['1.10', '"1.10"'],
  ].map(([raw, quoted]) => ({
    name: `puts quotes around ${raw}`,
    before: `${HEAD}data:\n  a: ${raw} # why\n`,
    edits: [{ kind: 'quote', at: ['data', 'a'] }] as const,
    after: `${HEAD}data:\n  a: ${quoted} # why\n`,
  })),
  {
    name: 'takes single quotes where its neighbours have them',
    before: `${HEAD}data: {a: 1, b: 'x'}\n`,
    edits: [{ kind: 'quote', at: ['data', 'a'] }],
    after: `${HEAD}data: {a: '1', b: 'x'}\n`,
  },
  {
    name: 'puts quotes around a word that the field takes',
    before: `${HEAD}data: {switch: off}\n`,
    edits: [{ kind: 'quote', at: ['data', 'switch'] }],
    after: `${HEAD}data: {switch: "off"}\n`,
  },
  ...['yes', 'on', '0x10', '010', '1e3', '1_000', '~'].map(raw => ({
    name: `does not say which text ${raw} should be`,
    before: `${HEAD}data: {a: ${raw}}\n`,
    edits: [{ kind: 'quote', at: ['data', 'a'] }] as const,
    after: { refused: `"${raw}" may be meant as another text` },
  })),
  {
    name: 'puts quotes around a value of JSON',
    before: '{"apiVersion":"v1","kind":"ConfigMap","data":{"a":true}}',
    edits: [{ kind: 'quote', at: ['data', 'a'] }],
    after: '{"apiVersion":"v1","kind":"ConfigMap","data":{"a":"true"}}',
  },
];

const RENAME: readonly Row[] = [
  {
    name: 'renames a key',
    before: `${HEAD}data:\n  old : x\n`,
    edits: [{ kind: 'rename', at: ['data', 'old'], key: 'example.com/new' }],
    after: `${HEAD}data:\n  example.com/new : x\n`,
  },
  {
    name: 'keeps the quotes of a key',
    before: `${HEAD}data: {'old': x, "b": y}\n`,
    edits: [
      { kind: 'rename', at: ['data', 'old'], key: 'new' },
      { kind: 'rename', at: ['data', 'b'], key: 'c' },
    ],
    after: `${HEAD}data: {'new': x, "c": y}\n`,
  },
  {
    name: 'renames the key of a value that an alias stands for',
    before: `${HEAD}metadata: {name: &x y}\ndata:\n  old: *x\n`,
    edits: [{ kind: 'rename', at: ['data', 'old'], key: 'new' }],
    after: `${HEAD}metadata: {name: &x y}\ndata:\n  new: *x\n`,
  },
  {
    name: 'takes no name that is there already',
    before: `${HEAD}data: {old: x, new: y}\n`,
    edits: [{ kind: 'rename', at: ['data', 'old'], key: 'new' }],
    after: { refused: '"new" is there already' },
  },
];

const REMOVE: readonly Row[] = [
  {
    name: 'removes the lines of a field, and leaves the comment above it',
    before: `${HEAD}data:\n  # first\n  a: |\n    x\n    y\n\n  b: z\n`,
    edits: [{ kind: 'remove', at: ['data', 'a'] }],
    after: `${HEAD}data:\n  # first\n\n  b: z\n`,
  },
  {
    name: 'removes the last line of a text without line end',
    before: `${HEAD}data:\n  a: x\n  b: z # why`,
    edits: [{ kind: 'remove', at: ['data', 'b'] }],
    after: `${HEAD}data:\n  a: x\n`,
  },
  {
    name: 'removes what holds it if nothing else is in it',
    before: `${HEAD}metadata:\n  name: x\n  annotations:\n    a: b\ndata: {}\n`,
    edits: [{ kind: 'remove', at: ['metadata', 'annotations', 'a'] }],
    after: `${HEAD}metadata:\n  name: x\ndata: {}\n`,
  },
  {
    name: 'removes the first of a flow mapping with the comma behind it',
    before: `${HEAD}data: { a: x, b: y }\n`,
    edits: [{ kind: 'remove', at: ['data', 'a'] }],
    after: `${HEAD}data: { b: y }\n`,
  },
  {
    name: 'removes the last of a flow mapping with the comma before it',
    before: `${HEAD}data: { a: x, b: [y] }\n`,
    edits: [{ kind: 'remove', at: ['data', 'b'] }],
    after: `${HEAD}data: { a: x }\n`,
  },
  {
    name: 'removes a line of JSON',
    before: '{\n  "apiVersion": "v1",\n  "kind": "ConfigMap",\n  "data": {\n    "a": "x",\n    "b": "y"\n  }\n}\n',
    edits: [{ kind: 'remove', at: ['data', 'b'] }],
    after: '{\n  "apiVersion": "v1",\n  "kind": "ConfigMap",\n  "data": {\n    "a": "x"\n  }\n}\n',
  },
  {
    name: 'leaves alone what an alias stands for',
    before: `${HEAD}metadata: {name: &x y, labels: {a: b}}\ndata: {a: *x}\n`,
    edits: [{ kind: 'remove', at: ['metadata', 'name'] }],
    after: { refused: 'the value has an anchor, and an alias uses it elsewhere' },
  },
];

const INSERTED: readonly Row[] = [
  {
    name: 'adds a line behind another one',
    before: `${HEAD}data:\n    a: x  # why\n    c: y\n`,
    edits: [INSERT],
    after: `${HEAD}data:\n    a: x  # why\n    b: new\n    c: y\n`,
  },
  {
    name: 'ends lines as the others do, and the text as it ended',
    before: 'apiVersion: v1\r\nkind: ConfigMap\r\ndata:\r\n  a: x',
    edits: [INSERT],
    after: 'apiVersion: v1\r\nkind: ConfigMap\r\ndata:\r\n  a: x\r\n  b: new',
  },
  {
    name: 'adds the first line where the other one is not there',
    before: `${HEAD}data:\n  # what\n  c:   y\n`,
    edits: [INSERT],
    after: `${HEAD}data:\n  # what\n  b: new\n  c:   y\n`,
  },
  {
    name: 'adds the first line where the other one has several',
    before: `${HEAD}data:\n  a: |\n    x\n  c: y\n`,
    edits: [INSERT],
    after: `${HEAD}data:\n  b: new\n  a: |\n    x\n  c: y\n`,
  },
  {
    name: 'adds to a flow mapping',
    before: `${HEAD}data: {a: x, c: y}\n`,
    edits: [INSERT],
    after: `${HEAD}data: {a: x, b: new, c: y}\n`,
  },
  {
    name: 'adds to JSON without blanks',
    before: '{"apiVersion":"v1","kind":"ConfigMap","data":{"a":"x"}}',
    edits: [INSERT],
    after: '{"apiVersion":"v1","kind":"ConfigMap","data":{"a":"x","b":"new"}}',
  },
  {
    name: 'adds to JSON with tabs',
    before: '{\n\t"apiVersion": "v1",\n\t"kind": "ConfigMap",\n\t"data": {\n\t\t"c": "x"\n\t}\n}\n',
    edits: [INSERT],
    after: '{\n\t"apiVersion": "v1",\n\t"kind": "ConfigMap",\n\t"data": {\n\t\t"b": "new",\n\t\t"c": "x"\n\t}\n}\n',
  },
];

const NESTED: readonly Row[] = [
  {
    name: 'nests lines, with their comments',
    before: `${HEAD}data:\n  serviceName: web # the shop\n  # its port\n  servicePort: 80\n`,
    edits: [NEST],
    after: `${HEAD}data:\n  service:\n    name: web # the shop\n  # its port\n    port:\n      number: 80\n`,
  },
  {
    name: 'nests lines in the other order, four blanks deep',
    before: `${HEAD}data:\n    servicePort:  80\n    serviceName:  'web'\n`,
    edits: [NEST],
    after: `${HEAD}data:\n    service:\n        port:\n            number:  80\n        name:  'web'\n`,
  },
  {
    name: 'nests in a flow mapping',
    before: `${HEAD}data: { x: 1, serviceName: web, servicePort: 80 }\n`,
    edits: [NEST],
    after: `${HEAD}data: { x: 1, service: { name: web, port: { number: 80 } } }\n`,
  },
  {
    name: 'nests in JSON',
    before: '{"apiVersion":"v1","kind":"ConfigMap","data":{"serviceName":"web","servicePort":80}}',
    edits: [NEST],
    after: '{"apiVersion":"v1","kind":"ConfigMap","data":{"service":{"name":"web","port":{"number":80}}}}',
  },
  {
    name: 'nests lines of JSON',
    before:
      '{\n  "apiVersion": "v1",\n  "kind": "ConfigMap",\n  "data": {\n    "serviceName": "web",\n    "servicePort": 80\n  }\n}\n',
    edits: [NEST],
    after:
      '{\n  "apiVersion": "v1",\n  "kind": "ConfigMap",\n  "data": {\n    "service": {\n      "name": "web",\n      "port": {\n        "number": 80\n      }\n    }\n  }\n}\n',
  },
  {
    name: 'does not nest around something else',
    before: `${HEAD}data: {serviceName: web, x: 1, servicePort: 80}\n`,
    edits: [NEST],
    after: { refused: 'something else stands between the fields' },
  },
];

const MOVED: readonly Row[] = [
  {
    name: 'moves a line with its quotes and its comment',
    before: `${HEAD}metadata:\n  name: x\n  from: "y" # why\ndata:\n  a: z\n`,
    edits: [MOVE],
    after: `${HEAD}metadata:\n  name: x\ndata:\n  to: "y" # why\n  a: z\n`,
  },
  {
    name: 'moves between flow mappings',
    before: `${HEAD}metadata: {from: y, name: x}\ndata: {a: z}\n`,
    edits: [MOVE],
    after: `${HEAD}metadata: {name: x}\ndata: {to: y, a: z}\n`,
  },
  {
    name: 'moves from a flow mapping to lines',
    before: `${HEAD}metadata: {from: y, name: x}\ndata:\n- a\n`,
    edits: [MOVE],
    after: { refused: '"data" is no mapping' },
  },
  {
    name: 'takes no name that is there already',
    before: `${HEAD}metadata: {from: y, name: x}\ndata: {to: z}\n`,
    edits: [MOVE],
    after: { refused: '"to" is there already' },
  },
];

const GROUPS: Readonly<Record<string, readonly Row[]>> = {
  set: SET,
  quote: QUOTE,
  rename: RENAME,
  remove: REMOVE,
  insert: INSERTED,
  nest: NESTED,
  move: MOVED,
};

test.each(Object.entries(GROUPS).flatMap(([kind, rows]) => rows.map(row => ({ kind, ...row }))))(
  '$kind: $name',
  ({ before, edits, after, number }) => {
    expect(outcome(before, edits, number)).toEqual(after);
  },
);
