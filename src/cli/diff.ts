import { Chalk } from 'chalk';

import type { DiffSide, PlacedDiff, UnreadSides } from '../answers/diff/placed.ts';
import type { Locate } from '../diagnostics/located.ts';
import { isError } from '../diagnostics/severities.ts';
import type { BothSides, DiffAnswer } from '../jobs/diff.ts';
import { diffSides } from '../jobs/diff.ts';
import type { Loaded } from '../jobs/loaded.ts';
import { placeChanges } from '../jobs/placed-diff.ts';
import type { SideFindings } from '../jobs/side-findings.ts';
import { findingsBeside } from '../jobs/side-findings.ts';
import { readSideName } from '../jobs/side-name.ts';
import type { Side, SideSettings } from '../jobs/side.ts';
import type { TextLayout } from '../report/names-text.ts';
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
  readonly verbose?: boolean;
  readonly quiet?: boolean;
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
    case 'unread':
      await sayFindings(answer.sides, names, { ...flags, quiet: true });
      print(await unreadTextOf(sidesOf(answer.sides, names), flags));
      return 2;
    case 'compared': {
      await sayFindings(answer.sides, names, flags);
      const placed = placedOf(answer, names);
      print(await textOf(placed, flags));
      return exitCode(placed, flags.failOn ?? ['any']);
    }
  }
}

/** What is found in both states is not of this change, and only counted, unless it is an error. */
async function sayFindings(
  { old, new: now }: BothSides<Side>,
  names: BothSides<string>,
  { format, color, verbose = false, quiet = false }: DiffFlags,
): Promise<void> {
  const flags = { format: format === 'json' ? 'json' : 'pretty', color, failOn: 'never', verbose, quiet } as const;
  const say = async (loaded: Loaded | undefined, { own, shared }: SideFindings, title: string): Promise<void> => {
    if (loaded === undefined) return;
    await reportFindings({ ...loaded, diagnostics: own, unchanged: shared, notes: [title] }, flags);
  };
  await say(old.loaded, findingsBeside(old.loaded, now.loaded), `before: ${nameOf(names.old)}`);
  const { own, shared } = findingsBeside(now.loaded, old.loaded);
  const said = { own: [...shared.filter(isError), ...own], shared: shared.filter(found => !isError(found)) };
  await say(now.loaded, said, `now: ${nameOf(names.new)}`);
}

function placedOf(
  { diff: found, sides }: Extract<DiffAnswer, { kind: 'compared' }>,
  names: BothSides<string>,
): PlacedDiff {
  return {
    ...sidesOf(sides, names),
    changes: placeChanges(found, { old: locateIn(sides.old), new: locateIn(sides.new) }),
    notes: found.notes,
    counts: found.counts,
  };
}

function sidesOf(sides: BothSides<Side>, names: BothSides<string>): UnreadSides {
  const sideOf = (name: string, { errors, unread, notes }: Side): DiffSide => ({
    name: nameOf(name),
    errors,
    unread,
    notes,
  });
  return { old: sideOf(names.old, sides.old), new: sideOf(names.new, sides.new) };
}

function nameOf(name: string): string {
  return name === '-' ? 'stdin' : name;
}

/** Of an output folder only the objects are known. */
function locateIn({ loaded }: Side): Locate {
  return loaded?.locate ?? (() => undefined);
}

async function textOf(placed: PlacedDiff, { format, color }: DiffFlags): Promise<string> {
  switch (format) {
    case 'pretty': {
      const { diffText } = await import('../report/diff-text.ts');
      return diffText(placed, layoutOf(color));
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

async function unreadTextOf(sides: UnreadSides, { format, color }: DiffFlags): Promise<string> {
  switch (format) {
    case 'pretty': {
      const { unreadText } = await import('../report/diff-text.ts');
      return unreadText(sides, layoutOf(color));
    }
    case 'markdown': {
      const { unreadMarkdown } = await import('../report/diff-markdown.ts');
      return unreadMarkdown(sides);
    }
    case 'json': {
      const { unreadJson } = await import('../report/diff-json.ts');
      return unreadJson(sides);
    }
  }
}

function layoutOf(color: ColourChoice): TextLayout {
  return { style: new Chalk({ level: isColoured('stdout', color) ? 1 : 0 }), columns: wrapColumns('stdout') };
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
