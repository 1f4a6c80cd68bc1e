import type { Node, TextNode } from './nodes.ts';

/** What JSON and YAML 1.2 take for a number, and go on from there: `1.30` would lose its zero. */
const NUMBER = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const OTHER_PLAIN =
  /^(?:|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|0o[0-7]+|0x[\da-fA-F]+)$/;

/** The node of a number; undefined for everything else. */
export function numberIn(node: Node): TextNode | undefined {
  return node.kind === 'text' && node.isPlain && NUMBER.test(node.text) ? node : undefined;
}

/** The node of what YAML takes for a text; undefined for everything else. */
export function textIn(node: Node): TextNode | undefined {
  if (node.kind !== 'text') return undefined;
  return node.isPlain && (NUMBER.test(node.text) || OTHER_PLAIN.test(node.text)) ? undefined : node;
}

export function isNothing(node: Node): boolean {
  return node.kind === 'text' && node.isPlain && OTHER_PLAIN.test(node.text) && /^(?:|~|n.*)$/i.test(node.text);
}

/** A value in a message. */
export function shown(node: Node): string {
  switch (node.kind) {
    case 'list':
      return 'a list';
    case 'mapping':
      return 'a mapping';
    case 'text':
      if (!node.isPlain) return `the text ${JSON.stringify(node.text)}`;
      return node.text === '' ? 'nothing' : node.text;
  }
}
