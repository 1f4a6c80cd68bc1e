import type { ControllerConfig } from '../options/config.ts';
import { bool } from '../options/value-type.ts';
import type { Ingress } from '../resources/model.ts';
import { annotationText } from './annotation-ref.ts';
import type { Said } from './contradiction.ts';
import { builtAnnotations } from './registry.ts';

/** What the annotations of an Ingress and the options say. */
export function saidBy(ingress: Ingress, { values, snippets }: ControllerConfig): Said {
  const text = (name: string): string => annotationText(ingress, name);
  const parsed = (name: string): boolean | undefined => {
    const found = bool.parse(text(name));
    return found.ok ? found.value : undefined;
  };
  return {
    text,
    isOn: name => parsed(name) === true,
    isOff: name => parsed(name) === false,
    option: name => (Object.hasOwn(values, name) ? values[name] : undefined),
    get paths() {
      return ingress.rules.flatMap(({ paths = [] }) => paths.map(({ path }) => path));
    },
    get hosts() {
      return ingress.rules.map(({ host }) => host);
    },
    takesSnippets: snippets !== 'none',
  };
}

const SPECS = builtAnnotations();

/** Whether its text is wrong in itself, which has been said. */
export function isRefused(name: string, ingress: Ingress): boolean {
  return SPECS[name]?.type.parse(annotationText(ingress, name)).ok === false;
}
