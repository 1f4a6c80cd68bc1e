// @ts-check

/** What the documentation is made of. This file is only bundled, by docs.mjs: Node 20 does not run what it names. */
export { CHANGE_KINDS, CHANGE_NAMES } from '../src/answers/diff/kinds.ts';
export { annotationAnswers } from '../src/answers/annotation-names.ts';
export { allTargets } from '../src/answers/migrate/targets.ts';
export { coverageOf } from '../src/answers/names.ts';
export { optionAnswers } from '../src/answers/option-names.ts';
export { configKeys } from '../src/cli/config-keys.ts';
export { addServingWatchFlags } from '../src/cli/watch-flags.ts';
export { FILE_LEVELS, OWN_KEYS } from '../src/config-file/keys.ts';
export { defineMeasures } from '../src/live/measures.ts';
export { rules } from '../src/lint/rules.ts';
export { markdownTable } from '../src/report/markdown.ts';
export {
  coverageTable,
  differencesTable,
  honouredTables,
  refusedTable,
  removedTable,
} from '../src/report/names-markdown.ts';
export { targetPage } from '../src/report/target-page.ts';
