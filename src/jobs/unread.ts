import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { isError } from '../diagnostics/severities.ts';
import { emptyInput } from '../input/rules/empty-input.ts';
import { binaryFile, fileTooLarge, notUtf8, unreadableFile } from '../input/rules/files.ts';
import { itemsNotAList } from '../manifests/rules/objects.ts';
import { helmChart, kubectlMessage } from '../manifests/rules/other-tools.ts';
import { brokenSeparator, missingSeparator } from '../manifests/rules/separators.ts';
import {
  brokenJson,
  brokenYaml,
  excessiveAliases,
  moreProblems,
  nestingTooDeep,
  recursiveAlias,
} from '../manifests/rules/syntax.ts';

/** Rules about texts: of what they lose, nobody knows how many objects it holds, nor which; or nothing is there at all. */
const OF_TEXTS: ReadonlySet<string> = new Set(
  [
    emptyInput,
    unreadableFile,
    binaryFile,
    notUtf8,
    fileTooLarge,
    brokenYaml,
    brokenJson,
    excessiveAliases,
    recursiveAlias,
    nestingTooDeep,
    moreProblems,
    brokenSeparator,
    missingSeparator,
    itemsNotAList,
    helmChart,
    kubectlMessage,
  ].map(({ id }) => id),
);

/** Whether a finding is that a file, or a document of it, could not be read. */
export function isUnread(found: Diagnostic): boolean {
  return isError(found) && OF_TEXTS.has(found.rule.id);
}
