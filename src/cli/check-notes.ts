import { listed, many } from '../diagnostics/words.ts';
import type { RunCounts } from '../jobs/counts.ts';
import type { Loaded } from '../jobs/loaded.ts';

/** More classes than these are only counted. */
const MOST_CLASSES = 5;

/** What a check of manifests has to say of them as a whole. Lines without their ends. */
export function checkNotes(
  { counts, passedOver }: Pick<Loaded, 'counts' | 'passedOver'>,
  { verbose }: { readonly verbose?: boolean },
): readonly string[] {
  const listedFiles = passedOver.map(({ file, line, what }) => `skipped: ${file}:${line}: ${what}`);
  const files = new Set(passedOver.map(({ file }) => file)).size;
  const hidden = files === 0 ? [] : [`${many(files, 'file')} skipped (no manifests); list them with --verbose`];
  return [...(verbose === true ? listedFiles : hidden), ...flagsNeeded(counts)];
}

/** The flags without which the controller would leave Ingresses alone that were checked. */
function flagsNeeded({ needs }: Pick<RunCounts, 'needs'>): readonly string[] {
  if (needs === undefined) return [];
  const { withoutClass, byClass } = needs;
  const names = [...byClass.keys()];
  const ofClasses = [...byClass].slice(0, MOST_CLASSES).map(([name, count]) => {
    const verb = count === 1 ? 'has' : 'have';
    return `${many(count, 'Ingress', 'Ingresses')} ${verb} the ingress class ${name}: the controller needs --ingress-class ${name}`;
  });
  const more = names.slice(MOST_CLASSES);
  return [
    ...(withoutClass === 0
      ? []
      : [
          `${many(withoutClass, 'Ingress', 'Ingresses')} without an ingress class: the controller needs --watch-ingress-without-class`,
        ]),
    ...ofClasses,
    ...(more.length === 0
      ? []
      : [`the same for ${many(more.length, 'more ingress class', 'more ingress classes')}: ${listed(more)}`]),
  ];
}
