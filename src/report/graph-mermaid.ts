import type { Graph, GraphNode, NodeKind } from '../answers/graph.ts';
import { visible } from '../diagnostics/visible.ts';

/** GitHub and others draw no more arrows than this, and no longer text. Source: mermaid, `maxEdges` and `maxTextSize`. */
export const MERMAID_LIMITS = { edges: 500, characters: 50_000 } as const;

const BRACKETS: Readonly<Record<NodeKind, readonly [string, string]>> = {
  host: ['(["', '"])'],
  path: ['["', '"]'],
  owner: ['[["', '"]]'],
  service: ['("', '")'],
  endpoints: ['[("', '")]'],
  answer: ['{{"', '"}}'],
};

/** For documents: GitHub, GitLab and editors draw it in a block of code that is named `mermaid`. */
export function graphMermaid({ nodes, edges }: Graph): string {
  const boxes = nodes.map(nodeLine);
  const arrows = edges.map(({ from, to, label }) => {
    const text = label === undefined ? '' : `|"${escapeLabel(label)}"|`;
    return `  ${from} -->${text} ${to}`;
  });
  return ['flowchart LR', ...boxes, ...arrows, ''].join('\n');
}

function nodeLine({ id, kind, lines }: GraphNode): string {
  const [open, close] = BRACKETS[kind];
  return `  ${id}${open}${lines.map(escapeLabel).join('<br>')}${close}`;
}

/**
 * Whatever may mean something to mermaid, to Markdown in its labels, or to HTML becomes the number of its character. Also
 * `:`, since mermaid takes a line with `style…:…#…;` for one of its own.
 */
function escapeLabel(text: string): string {
  return visible(text).replaceAll(/[^\w ./-]/gu, char => `#${char.codePointAt(0) ?? 0};`);
}
