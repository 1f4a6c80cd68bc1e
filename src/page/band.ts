import type { End, Trunk } from '../answers/route-tree.ts';
import type { ObjectName } from '../diagnostics/place.ts';
import type { RouteRecord } from './records.ts';

/** What a box stands for. */
export type Thing =
  | { readonly kind: 'host'; readonly trunk: Trunk; readonly isContinued: boolean }
  | { readonly kind: 'path'; readonly record: RouteRecord }
  | { readonly kind: 'owner'; readonly owners: readonly [ObjectName, ...ObjectName[]] }
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'end'; readonly end: End };

export const COLUMNS = ['Host', 'Path', 'Ingress', 'Service', 'Endpoints'] as const;

export interface Box {
  /** Unique in the whole picture, and the same whatever is filtered; begins with the key of its band and a line end. */
  readonly key: string;
  readonly thing: Thing;
  readonly column: number;
  /** Pixels below the top of its band. */
  readonly top: number;
  /** In pixels. */
  readonly height: number;
  /** The paths that lead through it. */
  readonly records: readonly RouteRecord[];
}

export interface Wire {
  readonly from: Box;
  readonly to: Box;
  /** `20%`. */
  readonly label?: string;
}

export interface Drawn {
  /** From left to right, in each column from top to bottom. */
  readonly boxes: readonly Box[];
  readonly wires: readonly Wire[];
}

/** A piece of the picture: it is drawn when somebody sees it. */
export interface Band {
  readonly key: string;
  readonly top: number;
  readonly height: number;
  readonly records: readonly RouteRecord[];
  readonly draw: () => Drawn;
}

/** Pixels from one box of a column to the next one. */
export const ROW = 62;
export const BOX_HEIGHT = 54;

/** A box before it has a place. */
export type Draft = Omit<Box, 'top' | 'height'> & { readonly records: RouteRecord[] };
