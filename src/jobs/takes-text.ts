import { builtAnnotations } from '../annotations/registry.ts';
import type { TakesText } from '../fixes/in-place.ts';

/** What people write without quotes and mean as it is. */
const SWITCH = /^(?:on|off)$/;

/** Whether an annotation of the controller takes `on` or `off`, by its whole key. */
export function takesSwitch(annotationsPrefix: string): TakesText {
  const specs = builtAnnotations();
  return (key, text) => {
    if (!SWITCH.test(text) || !key.startsWith(annotationsPrefix)) return false;
    const name = key.slice(annotationsPrefix.length);
    return Object.hasOwn(specs, name) && specs[name]?.type.parse(text).ok === true;
  };
}
