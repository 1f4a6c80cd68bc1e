import type { LintChoice } from '../jobs/lint-report.ts';
import type { NginxToAsk } from '../jobs/lint.ts';
import type { LoadedTexts } from '../jobs/load.ts';
import type { NginxVersion } from '../nginx/version.ts';
import type { OnStage } from '../steps/steps.ts';
import type { InputRequest } from './input-flags.ts';
import type { OpenedChoice, Refused } from './lint-choice.ts';
import { loadInput } from './load-input.ts';
import type { LoadFlags } from './load-input.ts';
import type { WorldFlags } from './world-flags.ts';
import { worldOf } from './world-flags.ts';

/** What a lint goes on with. */
export interface LintInput {
  readonly texts: LoadedTexts;
  readonly choice: LintChoice;
}

export interface NginxTestFlags {
  readonly nginxTest?: boolean;
  readonly nginx?: string;
  readonly nginxVersion?: NginxVersion;
}

/** Reads and compiles what is to be linted, and finds out what of it is to be reported. */
export async function readToLint(
  { input, opened, onStage }: LintRead,
  flags: LoadFlags & WorldFlags,
): Promise<({ readonly kind: 'read' } & LintInput) | Refused> {
  const asked = { ...flags, world: worldOf(flags), isCheck: true as const };
  const texts = await loadInput(input, asked, { onStage, isLint: true });
  if (texts.kind === 'refused') return texts;
  const chosen = await opened.choiceFor(texts);
  return chosen.kind === 'refused' ? chosen : { kind: 'read', texts, choice: chosen.choice };
}

interface LintRead {
  readonly input: InputRequest;
  readonly opened: OpenedChoice;
  readonly onStage?: OnStage | undefined;
}

/** Undefined where none is to be asked. */
export function nginxToAsk({ nginxTest = false, nginx, nginxVersion }: NginxTestFlags): NginxToAsk | undefined {
  return nginxTest ? { program: nginx, version: nginxVersion } : undefined;
}
