/** An element of DER. What looks like DER within a string of bytes counts as its elements, too. */
export interface DerNode {
  tag: number;
  /** The unused bits of a bit string with elements. */
  prefix: Buffer;
  content: Buffer | DerNode[];
  /** Whether its length is written with a byte more than it needs. */
  isLong: boolean;
}

const STRINGS: ReadonlySet<number> = new Set([0x03, 0x04]);

export function nodesOf(der: Buffer): DerNode[] | undefined {
  const nodes: DerNode[] = [];
  for (let at = 0; at < der.length;) {
    const [tag = 0, first = 0xff] = der.subarray(at, at + 2);
    const lengthBytes = first < 0x80 ? 0 : first - 0x80;
    if (lengthBytes > 3 || (first === 0x80 && lengthBytes === 0)) return undefined;
    const start = at + 2 + lengthBytes;
    if (start > der.length) return undefined;
    const end = start + (lengthBytes === 0 ? first : der.readUIntBE(at + 2, lengthBytes));
    if (end > der.length) return undefined;
    nodes.push(nodeOf(tag, der.subarray(start, end)));
    at = end;
  }
  return nodes;
}

function nodeOf(tag: number, content: Buffer): DerNode {
  const skipped = tag === 0x03 ? 1 : 0;
  const isNested = (tag & 0x20) !== 0 || (STRINGS.has(tag) && content.length > skipped + 2);
  const inner = isNested ? nodesOf(content.subarray(skipped)) : undefined;
  return {
    tag,
    prefix: content.subarray(0, inner === undefined ? 0 : skipped),
    content: inner ?? content,
    isLong: false,
  };
}

export function derOf({ tag, prefix, content, isLong }: DerNode): Buffer {
  const bytes = Buffer.concat([prefix, Buffer.isBuffer(content) ? content : Buffer.concat(content.map(derOf))]);
  const digits = bytes.length.toString(16);
  const length = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  const long = isLong ? Buffer.concat([Buffer.of(0), length]) : length;
  const head = bytes.length < 0x80 && !isLong ? length : Buffer.concat([Buffer.of(0x80 + long.length), long]);
  return Buffer.concat([Buffer.of(tag), head, bytes]);
}

/** All nodes, each with the list that it stands in. */
export function* placesIn(nodes: DerNode[]): Generator<{ readonly node: DerNode; readonly list: DerNode[] }> {
  for (const node of nodes) {
    yield { node, list: nodes };
    if (!Buffer.isBuffer(node.content)) yield* placesIn(node.content);
  }
}
