// @ts-check

/** What the documentation is made of. This file is only bundled, by docs.mjs: Node 20 does not run what it names. */
export { plannedAnnotations, removedAnnotations } from '../src/annotations/planned.ts';
export { refusedAnnotations } from '../src/annotations/refused.ts';
export { annotationFamilies } from '../src/annotations/registry.ts';
export { plannedOptions } from '../src/controller-config/planned.ts';
export { refusedOptions } from '../src/controller-config/refused.ts';
export { options } from '../src/controller-config/registry.ts';
export { addServingWatchFlags } from '../src/cli/watch-flags.ts';
export { defineMeasures } from '../src/live/measures.ts';
export { rules } from '../src/lint/rules.ts';
