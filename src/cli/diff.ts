import { Chalk } from 'chalk';

import type { PlacedDiff } from '../answers/diff/placed.ts';
import type { Locate } from '../diagnostics/located.ts';
import { isError } from '../diagnostics/severities.ts';
import type { BothSides, DiffAnswer } from '../jobs/diff.ts';
import { diffSides } from '../jobs/diff.ts';
import { placeChanges } from '../jobs/placed-diff.ts';
import { readSideName } from '../jobs/side-name.ts';
import type { Side, SideSettings } from '../jobs/side.ts';
import type { GateName } from './change-flags.ts';
import { compileSettings } from './compile-settings.ts';
import type { ExcludeFlags } from './exclude-flags.ts';
import { excludeOf } from './exclude-flags.ts';
import type { ColourChoice, ExitCode } from './face.ts';
import { isColoured, print, readStdin, tell, wrapColumns } from './face.ts';
import { reportFindings } from './findings.ts';
import { interruptible } from './interrupt.ts';
import type { LevelFlags } from './level-flags.ts';
import { levelsOf } from './level-flags.ts';
import type { CompileFlags } from './settings.ts';
import type { ClusterFlags } from './watch-flags.ts';

export interface DiffFlags extends CompileFlags, ExcludeFlags, LevelFlags, ClusterFlags {
  readonly stdinFilename: string;
  readonly allowEmpty?: boolean;
  readonly format: 'pretty' | 'markdown' | 'json';
  readonly color: ColourChoice;
  readonly failOn?: readonly GateName[];
  readonly listChanges?: boolean;
}

/** Says what changes for clients between two states. */
export async function diff(names: BothSides<string>, flags: DiffFlags): Promise<ExitCode> {
  const levels = await levelsOf(flags);
  if (levels === undefined) return 2;
  const { kubectl, context, kubeconfig, namespace: namespaces } = flags;
  const settings: Omit<SideSettings, 'signal'> = {
    settings: compileSettings(flags, Date.now()),
    levels,
    allowEmpty: flags.allowEmpty === true,
    exclude: excludeOf(flags),
    stdin: readStdin,
    stdinName: flags.stdinFilename,
    kubectl: { kubectl, context, kubeconfig },
    namespaces,
  };
  const sides = { old: readSideName(names.old), new: readSideName(names.new) };
  const answer = await interruptible(signal => diffSides(sides, { ...settings, signal }));
  return conclude(answer, names, flags);
}

async function conclude(answer: DiffAnswer, names: BothSides<string>, flags: DiffFlags): Promise<ExitCode> {
  switch (answer.kind) {
    case 'refused':
      tell('error', answer.help === undefined ? answer.problem : `${answer.problem}; ${answer.help}`);
      return 2;
    case 'failed':
      tell('trouble', answer.problem);
      return 3;
    case 'interrupted':
      return 1;
    case 'compared': {
      const { sides } = answer;
      await sayErrors(sides, flags);
      const placed = placedOf(answer, names);
      print(await textOf(placed, flags));
      return exitCode(placed, flags.failOn ?? ['any']);
    }
  }
}

/** More of them are for `lint`. */
const MOST_ERRORS = 10;

/** Errors alone: `lint` says the rest. */
async function sayErrors(sides: BothSides<Side>, { format, color }: DiffFlags): Promise<void> {
  for (const { loaded, errors } of [sides.old, sides.new]) {
    if (errors === 0 || loaded === undefined) continue;
    const diagnostics = loaded.diagnostics.filter(isError).slice(0, MOST_ERRORS);
    const flags = { format: format === 'json' ? 'json' : 'pretty', color, failOn: 'never', quiet: true } as const;
    await reportFindings({ ...loaded, diagnostics, notes: [] }, flags);
    if (errors > MOST_ERRORS) tell('note', `and ${errors - MOST_ERRORS} more errors; "ingress2nginx lint" lists all`);
  }
}

function placedOf(
  { diff: found, sides }: Extract<DiffAnswer, { kind: 'compared' }>,
  names: BothSides<string>,
): PlacedDiff {
  const sideOf = (name: string, { errors, notes }: Side) => ({ name: name === '-' ? 'stdin' : name, errors, notes });
  return {
    old: sideOf(names.old, sides.old),
    new: sideOf(names.new, sides.new),
    changes: placeChanges(found, { old: locateIn(sides.old), new: locateIn(sides.new) }),
    notes: found.notes,
    counts: found.counts,
  };
}

/** Of an output folder only the objects are known. */
function locateIn({ loaded }: Side): Locate {
  return loaded?.locate ?? (() => undefined);
}

async function textOf(placed: PlacedDiff, { format, color }: DiffFlags): Promise<string> {
  switch (format) {
    case 'pretty': {
      const { diffText } = await import('../report/diff-text.ts');
      const style = new Chalk({ level: isColoured('stdout', color) ? 1 : 0 });
      return diffText(placed, { style, columns: wrapColumns('stdout') });
    }
    case 'markdown': {
      const { diffMarkdown } = await import('../report/diff-markdown.ts');
      return diffMarkdown(placed);
    }
    case 'json': {
      const { diffJson } = await import('../report/diff-json.ts');
      return diffJson(placed);
    }
  }
}

/** What is incomplete is never taken for the same. */
function exitCode({ changes, old, new: now }: PlacedDiff, gates: readonly GateName[]): ExitCode {
  const risks = { high: ['high'], medium: ['high', 'medium'], low: ['high', 'medium', 'low'] } as const;
  const fails = changes.some(({ kind, risk }) =>
    gates.some(gate => {
      if (gate === 'never') return false;
      if (gate === 'high' || gate === 'medium' || gate === 'low') return risks[gate].some(each => each === risk);
      return gate === 'any' || gate === kind;
    }),
  );
  if (fails) return 1;
  return old.errors + now.errors > 0 ? 2 : 0;
}
