import { neededOptions } from '../controller-config/needed.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import { listed } from '../diagnostics/words.ts';
import { optionWithoutEffect } from '../controller-config/rules/options.ts';

/** Options that do nothing, for want of the same others. */
interface Idle {
  readonly needs: readonly string[];
  readonly names: string[];
}

/**
 * Says which options do nothing without others that nobody wrote. Who wrote them to switch them off knows that.
 *
 * @param names of all options that are written
 */
export function reportIdleOptions(names: readonly string[], placeOf: (name: string) => FieldRef, report: Report): void {
  const written = new Set(names);
  const found = new Map<string, Idle>();
  for (const name of names) {
    const needs = neededOptions.get(name);
    if (needs === undefined || needs.some(need => written.has(need))) continue;
    const idle = found.get(needs.join(' ')) ?? { needs, names: [] };
    idle.names.push(name);
    found.set(needs.join(' '), idle);
  }
  for (const { needs, names: idle } of found.values()) {
    const [first = '', ...more] = idle;
    const verb = more.length === 0 ? 'has' : 'have';
    report({
      rule: optionWithoutEffect,
      message: `${listed(idle)} ${verb} no effect without ${alternatives(needs)}`,
      help: `add ${needs[0] ?? ''}, or remove ${more.length === 0 ? 'it' : 'them'}`,
      at: placeOf(first),
      related: more.map(name => ({ message: `${name} is here`, at: placeOf(name) })),
    });
  }
}

/** `a`, `a or b`, `a, b or c` */
function alternatives(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}
