import { refusedOptions } from '../controller-config/refused.ts';
import { options } from '../controller-config/registry.ts';
import { optionSince } from '../controller-config/since.ts';
import type { NameAnswer } from './names.ts';
import { answerOfSpec } from './names.ts';

/** All options of the controller's ConfigMap: those that are honoured first. */
export function optionAnswers(): readonly NameAnswer[] {
  const others = Object.entries(refusedOptions).map(([name, option]): NameAnswer => {
    const { summary } = option;
    return 'lost' in option
      ? { name, standing: 'refused', summary, lost: option.lost }
      : { name, standing: 'idle', summary };
  });
  const all = [
    ...Object.entries(options).map(([name, spec]) => answerOfSpec(name, spec)),
    ...others.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  ];
  return all.map(answer => {
    const since = optionSince.get(answer.name);
    return since === undefined ? answer : { ...answer, since };
  });
}
