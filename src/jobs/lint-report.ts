import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { IdentityContext } from '../diagnostics/identity.ts';
import { sortUnplaced } from '../diagnostics/located.ts';
import { besideBaseline, outdatedFinding } from '../findings/baseline.ts';
import type { RunScope } from '../findings/baseline.ts';
import type { Baseline } from '../findings/baseline-file.ts';
import { sortByChange } from '../findings/changed-lines.ts';
import type { Suppressed } from '../findings/choose.ts';
import { withFingerprints } from '../findings/fingerprint.ts';
import type { Fingerprinted } from '../findings/fingerprint.ts';
import { judgeSuppressions } from '../findings/judge-suppressions.ts';
import { levelled } from '../findings/levels.ts';
import { objectFinder } from '../manifests/object-name.ts';
import type { InputChange } from './changed-since.ts';
import type { Loaded } from './loaded.ts';

/** Which findings of a lint are reported. */
export interface LintChoice {
  /** The folder from which a repository names its files. Absolute. */
  readonly root: string;
  /** That of the run. Absolute. */
  readonly folder: string;
  /** The path of a file from the root. */
  readonly pathOf: (file: string) => string;
  /** The names of the files that were read. */
  readonly files: readonly string[];
  readonly baseline?: Baseline | undefined;
  readonly change?: InputChange | undefined;
}

/** The findings of a lint, by what becomes of them. */
export interface LintFindings {
  readonly reported: readonly Fingerprinted[];
  readonly inBaseline: readonly Fingerprinted[];
  /** By comments and annotations. */
  readonly suppressed: readonly (Suppressed & { readonly found: Fingerprinted })[];
  /** They do not come of the change that was asked for. */
  readonly unchanged: readonly Fingerprinted[];
}

/** Chooses among all that was found; adds what is wrong with suppressions and the baseline. */
export function chooseReported(loaded: Loaded, choice: LintChoice): LintFindings {
  const { change } = choice;
  const now = besideFile(loaded, choice);
  const { fresh: reported, known: inBaseline, suppressed } = now;
  if (change === undefined) return { reported, inBaseline, suppressed, unchanged: [] };
  const { before, changed } = change;
  const earlier = before === loaded ? now : besideFile(before, choice);
  const { caused, unchanged } = sortByChange({
    now: { found: reported, identity: identityIn(loaded, choice), locate: loaded.locate },
    before: { found: earlier.fresh, identity: identityIn(before, choice) },
    changed,
  });
  return { reported: caused, inBaseline, suppressed, unchanged };
}

function identityIn({ documents }: Loaded, { root, folder }: LintChoice): IdentityContext {
  return { objectOf: objectFinder(documents), root, folder };
}

interface BesideFile {
  readonly fresh: readonly Fingerprinted[];
  readonly known: readonly Fingerprinted[];
  readonly suppressed: LintFindings['suppressed'];
}

function besideFile(loaded: Loaded, choice: LintChoice): BesideFile {
  for (const found of judgeSuppressions(loaded)) loaded.report(found);
  const { found, suppressed } = allFingerprinted(loaded, choice);
  const { baseline } = choice;
  if (baseline === undefined) return { fresh: found, known: [], suppressed };
  const { fresh, known, outdated } = besideBaseline(found, baseline);
  const finding = outdatedFinding(baseline, outdated, scopeOf(loaded, choice));
  if (finding === undefined) return { fresh, known, suppressed };
  const chosen = levelled({ ...finding, severity: finding.rule.severity }, loaded.levels);
  return { fresh: [...fresh, ...oneFingerprinted(chosen, identityIn(loaded, choice))], known, suppressed };
}

/** What is suppressed comes last, so that the fingerprints of the others do not depend on it. */
function allFingerprinted(loaded: Loaded, choice: LintChoice) {
  const reported = sortUnplaced(loaded.diagnostics);
  const all = [...reported, ...loaded.suppressed.map(({ found }) => found)];
  const fingerprinted = withFingerprints(all, identityIn(loaded, choice));
  const suppressed = loaded.suppressed.flatMap(({ by }, index) => {
    const found = fingerprinted[reported.length + index];
    return found === undefined ? [] : [{ found, by }];
  });
  return { found: fingerprinted.slice(0, reported.length), suppressed };
}

function oneFingerprinted(found: Diagnostic | undefined, context: IdentityContext): readonly Fingerprinted[] {
  return found === undefined ? [] : withFingerprints([found], context);
}

/** What is in a file that is there and was not read is not known. */
function scopeOf({ levels }: Loaded, { root, files, pathOf }: LintChoice): RunScope {
  const read = new Set(files.map(pathOf));
  return { levels, isKnown: file => read.has(file) || (!file.startsWith('<') && !existsSync(resolve(root, file))) };
}
