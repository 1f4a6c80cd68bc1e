import type { Finding } from '../diagnostics/diagnostic.ts';
import type { Rule } from '../diagnostics/rule.ts';
import type { PassedOver } from '../input/source.ts';
import { holdsOurKinds } from './mentions.ts';
import type { Reading } from './reading.ts';
import { itemsNotAList, notAnObject, notKubernetes } from './rules/objects.ts';
import { kubectlMessage } from './rules/other-tools.ts';
import { unrenderedTemplate } from './rules/repository.ts';
import { brokenSeparator, missingSeparator } from './rules/separators.ts';
import { brokenJson, brokenYaml, excessiveAliases, moreProblems, recursiveAlias } from './rules/syntax.ts';
import { isTemplateInComments, templateIn } from './templates.ts';

/** Of a document that is no object at all: what it is instead. */
const NO_OBJECTS: ReadonlyMap<Rule, string> = new Map<Rule, string>([
  [notAnObject, 'not an object'],
  [notKubernetes, 'no apiVersion and no kind'],
  [itemsNotAList, 'a list without items'],
  [kubectlMessage, 'a message of a tool'],
]);

/** After these, nobody knows what else is in the file. */
const BROKEN: ReadonlySet<Rule> = new Set<Rule>([
  brokenYaml,
  brokenJson,
  brokenSeparator,
  missingSeparator,
  excessiveAliases,
  recursiveAlias,
]);

/** What a file of a repository comes to. */
export interface FileVerdict {
  readonly findings: readonly Finding[];
  readonly passedOver: readonly PassedOver[];
  /** The file is nothing that can be judged: no object of it counts. */
  readonly isLeft: boolean;
}

/** A verdict on a file that is passed over as a whole. */
function passedWhole(file: string, what: string): FileVerdict {
  return { findings: [], passedOver: [{ file, line: 1, what }], isLeft: true };
}

/**
 * Judges what was found when a file of a repository was read. Most YAML and JSON there is something else, and what is
 * wrong with that is nobody's business here: only what holds one of our kinds counts.
 */
export function judgeFile(reading: Pick<Reading, 'source' | 'toOrigin'>, found: readonly Finding[]): FileVerdict {
  const { source, toOrigin } = reading;
  if (found.some(({ rule }) => BROKEN.has(rule)) || isTemplateInComments(source.text)) {
    const template = templateIn(source.text);
    if (!holdsOurKinds(source.text)) {
      return passedWhole(source.name, template === undefined ? 'not valid YAML or JSON' : 'a template');
    }
    if (template !== undefined) {
      const { mark, offset, help } = template;
      const message = `this file is a template that has not been rendered ("${mark}"): it is not checked`;
      const at = toOrigin(source, { start: offset, end: offset + mark.length, isSecret: true });
      return { findings: [{ rule: unrenderedTemplate, message, help, at }], passedOver: [], isLeft: true };
    }
  }
  const passed = found.filter(({ rule }) => NO_OBJECTS.has(rule));
  const judged = found.filter(({ rule }) => !NO_OBJECTS.has(rule));
  return {
    // How many more there are of what is passed over is nobody's business either.
    findings: judged.every(({ rule }) => rule === moreProblems) ? [] : judged,
    passedOver: passed.map(({ rule, at }) => ({
      file: source.name,
      line: at !== undefined && 'line' in at ? (at.line ?? 1) : 1,
      what: NO_OBJECTS.get(rule) ?? rule.name,
    })),
    isLeft: false,
  };
}
