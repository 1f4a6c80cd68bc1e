import { annotationRules } from '../annotations/rules.ts';
import { clusterRules } from '../cluster/rules.ts';
import { compileRules } from '../compile/rules.ts';
import type { Rule } from '../diagnostics/rule.ts';
import { inputRules } from '../input/rules.ts';
import { manifestRules } from '../manifests/rules.ts';
import { nginxRules } from '../nginx/rules.ts';
import { outputRules } from '../output/rules.ts';
import { resourceRules } from '../resources/rules.ts';
import { routingRules } from './routing-rules.ts';

/** Every rule of every stage, by id: what the docs, suppression and SARIF know of. */
export const rules: readonly Rule[] = [
  ...inputRules,
  ...manifestRules,
  ...resourceRules,
  ...outputRules,
  ...clusterRules,
  ...compileRules,
  ...annotationRules,
  ...nginxRules,
  ...routingRules,
].toSorted((a, b) => (a.id < b.id ? -1 : 1));
