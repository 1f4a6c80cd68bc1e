import { InvalidArgumentError } from 'commander';

import type { ChangeKind } from '../answers/diff/kinds.ts';
import { CHANGE_NAMES, isChangeKind } from '../answers/diff/kinds.ts';
import { suggest } from '../diagnostics/suggest.ts';

/** Which changes fail a run: those of a name, or of at least a risk. */
export type GateName = ChangeKind | 'high' | 'medium' | 'low' | 'any' | 'never';

const GROUPS = ['high', 'medium', 'low', 'any', 'never'] as const;

/** Adds names of changes and risks, with commas between them. */
export function addGates(text: string, earlier: readonly GateName[] | undefined): readonly GateName[] {
  const names = text
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '');
  if (names.length === 0) throw new InvalidArgumentError('Name a change, such as removed-route.');
  return [...new Set([...(earlier ?? []), ...names.map(gateOf)])];
}

function gateOf(name: string): GateName {
  const group = GROUPS.find(each => each === name);
  if (group !== undefined) return group;
  if (isChangeKind(name)) return name;
  const near = suggest(name, [...CHANGE_NAMES, ...GROUPS]);
  const help = near === undefined ? '"ingress2nginx diff --list-changes" lists all' : `did you mean "${near}"?`;
  throw new InvalidArgumentError(`There is no change "${name}"; ${help}`);
}
