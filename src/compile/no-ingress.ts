import type { Report } from '../diagnostics/diagnostic.ts';
import { refOf } from '../resources/model.ts';
import { noIngress } from './rules/selection.ts';
import type { Selection } from './selection.ts';
import { NO_CLASS } from './selection.ts';
import type { CompileSettings } from './settings.ts';

/** Says that there is no Ingress to serve, and why those that are there were left out. */
export function reportNoIngress(
  { leftOut, others }: Omit<Selection, 'ours'>,
  { isCheck }: Pick<CompileSettings, 'isCheck'>,
  report: Report,
): void {
  if (leftOut.length === 0) {
    const help = isCheck === true ? 'check the paths' : 'check the paths, or the context and the namespace of kubectl';
    report({ rule: noIngress, message: 'the input contains no Ingress', help });
    return;
  }
  const without = leftOut.filter(({ reason }) => reason === NO_CLASS).length;
  const isOne = leftOut.length === 1;
  const place = others[0] === undefined || !isOne ? {} : { at: refOf(others[0], 'spec') };
  if (without === leftOut.length) {
    const message = isOne
      ? 'the only Ingress has no ingress class'
      : `none of the ${without} Ingresses has an ingress class`;
    const help = 'write `ingressClassName`, or use --watch-ingress-without-class';
    report({ rule: noIngress, message, help, ...place });
    return;
  }
  const some = without === 0 ? 'other ingress classes' : 'other ingress classes, or none';
  const message = isOne ? 'the only Ingress has another ingress class' : `all ${leftOut.length} Ingresses have ${some}`;
  const flag = without === 0 ? '' : ' and --watch-ingress-without-class';
  report({ rule: noIngress, message, help: `see --ingress-class${flag}`, ...place });
}
