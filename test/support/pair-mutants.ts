import type { DerNode } from './der-nodes.ts';
import { derOf, nodesOf, placesIn } from './der-nodes.ts';
import type { PairText } from './pair-kinds.ts';

/** A change of a text: the numbers are more than there are places and kinds of changes, and count modulo these. */
export interface Change {
  readonly kind: number;
  readonly place: number;
  readonly value: number;
  readonly other: number;
}

const BLOCK = /-----BEGIN ([A-Z ]+)-----\n([A-Za-z0-9+/=\s]+)-----END \1-----/g;

const TAGS = [
  0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0c, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1e, 0x30, 0x31, 0x80, 0x82, 0x86, 0x87,
  0xa0, 0xa1, 0xa3,
];

const INSERTS = [
  '\n',
  '\r',
  '\r\n',
  ' ',
  '\t',
  '=',
  'A',
  '-',
  '\n\n',
  '\v',
  '-----END CERTIFICATE-----',
  'Bag Attributes\n',
];

const NODE_CHANGES: readonly ((node: DerNode, list: DerNode[], all: readonly DerNode[], change: Change) => void)[] = [
  (node, _, __, { value }) => {
    node.tag = TAGS[value % TAGS.length] ?? 0;
  },
  node => {
    node.isLong = true;
  },
  (node, list) => list.splice(list.indexOf(node), 1),
  (node, list) => list.splice(list.indexOf(node), 0, node),
  (node, list, all, { other }) => {
    const replacement = all[other % all.length] ?? node;
    list.splice(list.indexOf(node), 1, nodesOf(derOf(replacement))?.[0] ?? node);
  },
  (node, list, _, { other }) => {
    const [from, to] = [list.indexOf(node), other % list.length];
    list.splice(to, 0, ...list.splice(from, 1));
  },
  (node, _, __, change) => {
    if (Buffer.isBuffer(node.content)) node.content = withByte(node.content, change);
  },
  (node, _, __, { place, value }) => {
    if (!Buffer.isBuffer(node.content)) return;
    const at = place % (node.content.length + 1);
    node.content = Buffer.concat([node.content.subarray(0, at), Buffer.of(value), node.content.subarray(at)]);
  },
  (node, _, __, { place }) => {
    if (!Buffer.isBuffer(node.content) || node.content.length === 0) return;
    const at = place % node.content.length;
    node.content = Buffer.concat([node.content.subarray(0, at), node.content.subarray(at + 1)]);
  },
  // A character that is written: names and times stay what they are.
  (node, _, __, { place, value }) => {
    if (Buffer.isBuffer(node.content)) node.content = withByte(node.content, { place, value: 0x20 + (value % 0x5f) });
  },
  (node, _, __, { place, value }) => {
    if (Buffer.isBuffer(node.content)) node.content = withByte(node.content, { place, value: 0x30 + (value % 10) });
  },
  // The first bytes of a number, a text or a string of bits.
  (node, _, __, { place, value }) => {
    const byte = [0x00, 0x01, 0x7f, 0x80, 0xff, 0x2a][value % 6] ?? 0;
    if (Buffer.isBuffer(node.content)) node.content = withByte(node.content, { place: place % 2, value: byte });
  },
];

function withByte(bytes: Buffer, { place, value }: Pick<Change, 'place' | 'value'>): Buffer {
  const changed = Buffer.from(bytes);
  if (changed.length > 0) changed[place % changed.length] = value;
  return changed;
}

function changedDer(der: Buffer, change: Change): Buffer {
  const kind = change.kind % (NODE_CHANGES.length + 1);
  const nodes = nodesOf(der);
  const apply = NODE_CHANGES[kind];
  if (nodes === undefined || apply === undefined) return withByte(der, change);
  const places = [...placesIn(nodes)];
  const chosen = places[change.place % places.length];
  if (chosen === undefined) return der;
  apply(
    chosen.node,
    chosen.list,
    places.map(({ node }) => node),
    change,
  );
  return Buffer.concat(nodes.map(derOf));
}

function pemOf(label: string, der: Buffer): string {
  const lines = der.toString('base64').replaceAll(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----`;
}

/** A PEM text with changes in the bytes of one of its blocks. */
export function changedPem(text: string, block: number, changes: readonly Change[]): string {
  const chosen = block % [...text.matchAll(BLOCK)].length;
  let index = -1;
  return text.replaceAll(BLOCK, (whole: string, label: string, base64: string) => {
    index += 1;
    if (index !== chosen) return whole;
    return pemOf(label, changes.reduce(changedDer, Buffer.from(base64, 'base64')));
  });
}

/** Changes a byte in the public half of a certificate and of its key alike. */
export function changedInBoth({ certificates, keyText }: PairText, { place, value, other }: Change): PairText {
  const first = /-----BEGIN CERTIFICATE-----\n([^-]+)/.exec(certificates)?.[1] ?? '';
  const shared = sharedBytes(
    Buffer.from(first, 'base64'),
    Buffer.from(/-\n([^-]+)/.exec(keyText)?.[1] ?? '', 'base64'),
  );
  // The ends of it matter most.
  const at = [0, 1, 2, shared.length - 1, shared.length - 2, place % shared.length][other % 6] ?? 0;
  const changed = withByte(shared, { place: at, value });
  const inFirst = (text: string): string => {
    let isFirst = true;
    return text.replaceAll(BLOCK, (whole: string, label: string, base64: string) => {
      const der = Buffer.from(base64, 'base64');
      const start = der.indexOf(shared);
      if (!isFirst || start === -1) return whole;
      isFirst = false;
      return pemOf(label, Buffer.concat([der.subarray(0, start), changed, der.subarray(start + shared.length)]));
    });
  };
  return { certificates: inFirst(certificates), keyText: inFirst(keyText) };
}

/** The longest content of a certificate that is also in the key: its modulus or its point. */
function sharedBytes(certificate: Buffer, key: Buffer): Buffer {
  const leaves = [...placesIn(nodesOf(certificate) ?? [])].map(({ node }) => node.content);
  const shared = leaves.filter(content => Buffer.isBuffer(content)).filter(content => key.includes(content));
  return shared.toSorted((a, b) => b.length - a.length)[0] ?? Buffer.of(0);
}

/** A text with a change of its characters or lines. */
export function changedText(text: string, { kind, place, value, other }: Change): string {
  const at = place % text.length;
  const lines = text.split('\n');
  const line = other % lines.length;
  const insert = INSERTS[value % INSERTS.length] ?? '';
  const kinds = [
    () => text.slice(0, at) + insert + text.slice(at),
    () => text.slice(0, at) + text.slice(at + 1),
    () => text.slice(0, at) + String.fromCodePoint(33 + (value % 90)) + text.slice(at + 1),
    () => text.replaceAll('\n', '\r\n'),
    () => lines.toSpliced(line, 1).join('\n'),
    () => lines.toSpliced(line, 0, insert).join('\n'),
    () => lines.toSpliced(line, 0, lines[at % lines.length] ?? '').join('\n'),
    () => text + text,
  ];
  return kinds[kind % kinds.length]?.() ?? text;
}
