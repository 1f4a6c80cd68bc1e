import type { Graph, GraphNode, NodeKind } from '../answers/graph.ts';
import { visible } from '../diagnostics/visible.ts';

const SHAPES: Readonly<Record<NodeKind, string>> = {
  host: 'shape=box, style="rounded,bold"',
  path: 'shape=box, fontname="monospace"',
  owner: 'shape=note',
  service: 'shape=component',
  endpoints: 'shape=cylinder',
  answer: 'shape=octagon',
};

/** For Graphviz: `dot -Tsvg`. */
export function graphDot({ nodes, edges }: Graph): string {
  const arrows = edges.map(({ from, to, label }) => {
    const attributes = label === undefined ? '' : ` [label=${quoted([label])}]`;
    return `  ${from} -> ${to}${attributes};`;
  });
  return ['digraph routing {', '  rankdir=LR;', ...nodes.map(nodeLine), ...arrows, '}', ''].join('\n');
}

function nodeLine({ id, kind, lines }: GraphNode): string {
  return `  ${id} [label=${quoted(lines)}, ${SHAPES[kind]}];`;
}

/** Graphviz reads entities of HTML in labels, too. */
function quoted(lines: readonly string[]): string {
  const texts = lines.map(line =>
    visible(line)
      .replaceAll('&', '&amp;')
      .replaceAll('\\', String.raw`\\`)
      .replaceAll('"', String.raw`\"`),
  );
  return `"${texts.join(String.raw`\n`)}"`;
}
