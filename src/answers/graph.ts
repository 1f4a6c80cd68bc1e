import { peerTexts } from '../routing/peer-texts.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Routing } from '../routing/model.ts';
import type { Branch, End, Trunk } from './route-tree.ts';
import { routeTree } from './route-tree.ts';

/** Hosts, paths, who asks for them, Services and endpoints, as boxes and arrows. */
export interface Graph {
  /** In columns from left to right; in each in the order of the routing. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export const NODE_KINDS = ['host', 'path', 'owner', 'service', 'endpoints', 'answer'] as const;

export type NodeKind = (typeof NODE_KINDS)[number];

export interface GraphNode {
  /** `n1`, `n2` …, by place in the list. */
  readonly id: string;
  readonly kind: NodeKind;
  /** Text of manifests, a line each. */
  readonly lines: readonly string[];
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** `20%`; missing where all requests go there. */
  readonly label?: string;
}

/** The same picture as that of the page: a Service or Ingress that several paths share is one box. */
export function graphOf(routing: Routing): Graph {
  const drawing = createDrawing();
  for (const trunk of routeTree(routing)) {
    if (trunk.branches.length > 0) drawTrunk(trunk, drawing);
  }
  return drawing.graph();
}

interface Drawing {
  /** The key of a box that looks like this, which is drawn once. */
  readonly box: (kind: NodeKind, lines: readonly string[], key?: string) => string;
  readonly arrow: (from: string, to: string, label?: string) => void;
  readonly graph: () => Graph;
}

function createDrawing(): Drawing {
  const boxes = new Map<string, Omit<GraphNode, 'id'>>();
  const arrows = new Map<string, GraphEdge>();
  return {
    box(kind, lines, apart = '') {
      const key = JSON.stringify([kind, lines, apart]);
      if (!boxes.has(key)) boxes.set(key, { kind, lines });
      return key;
    },
    arrow(from, to, label) {
      arrows.set(JSON.stringify([from, to, label]), { from, to, ...(label === undefined ? {} : { label }) });
    },
    graph() {
      const sorted = NODE_KINDS.flatMap(kind => [...boxes].filter(([, box]) => box.kind === kind));
      const ids = new Map(sorted.map(([key], index) => [key, `n${index + 1}`]));
      const idOf = (key: string): string => ids.get(key) ?? key;
      return {
        nodes: sorted.map(([key, box]) => ({ id: idOf(key), ...box })),
        edges: Array.from(arrows.values(), edge => ({ ...edge, from: idOf(edge.from), to: idOf(edge.to) })),
      };
    },
  };
}

function drawTrunk({ kind, name, branches }: Trunk, drawing: Drawing): void {
  const host = drawing.box('host', [kind === 'passed' ? `${name} (TLS)` : trunkTitle(name)], kind);
  for (const branch of branches) drawBranch(host, branch, drawing);
}

/** How a host is called: `_` is a name for nginx alone. */
export function trunkTitle(name: string): string {
  return name === '_' ? 'any other host' : name;
}

function drawBranch(host: string, branch: Branch, drawing: Drawing): void {
  const { box, arrow } = drawing;
  const path = box('path', [branch.path, branch.match].filter(Boolean), branch.id);
  arrow(host, path);
  const owner = branch.owners[0] === undefined ? undefined : box('owner', branch.owners.map(objectText));
  if (owner !== undefined) arrow(path, owner);
  for (const end of branch.ends) drawEnd(owner ?? path, end, drawing);
}

function drawEnd(from: string, end: End, { box, arrow }: Drawing): void {
  const label = end.kind === 'backend' && end.percent !== 100 ? `${end.percent}%` : undefined;
  const last =
    end.kind === 'backend' ? box('endpoints', peerTexts(end.peers), end.upstream?.name) : box('answer', [endText(end)]);
  const service = serviceOf(end);
  if (service === undefined) return arrow(from, last, label);
  const target = box('service', [`Service ${service}`]);
  arrow(from, target, label);
  return arrow(target, last);
}

/** The port of a Service that answers, or would if anybody were there. */
export function serviceOf(end: End): string | undefined {
  return end.kind === 'backend' || end.kind === 'status' ? end.service : undefined;
}

/** What nginx answers by itself, in words. */
export function endText(end: Exclude<End, { kind: 'backend' }>): string {
  switch (end.kind) {
    case 'closed':
      return 'connections are closed';
    case 'status':
      return `${end.code}: ${end.reason}`;
    case 'redirect':
      return `${end.code} to ${end.to.kind === 'url' ? end.to.url : `the same URL of ${end.to.host}`}`;
  }
}
