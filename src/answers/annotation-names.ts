import { refusedAnnotations } from '../annotations/refused.ts';
import { removedAnnotations } from '../annotations/removed.ts';
import { annotationFamilies } from '../annotations/registry.ts';
import { annotationSince } from '../annotations/since.ts';
import type { NameAnswer } from './names.ts';
import { answerOfSpec } from './names.ts';

/** `tlsRedirect` as the heading of a table: `TLS redirect`. */
function titleOf(family: string): string {
  const words = family.replaceAll(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`.replace(/^Tls\b/, 'TLS');
}

/** All annotations that the controller has or had: those that are honoured by family, the others by name. */
export function annotationAnswers(): readonly NameAnswer[] {
  const answers = new Map<string, NameAnswer>();
  for (const [family, { annotations }] of Object.entries(annotationFamilies)) {
    for (const [name, spec] of Object.entries(annotations)) {
      if (!answers.has(name)) answers.set(name, { ...answerOfSpec(name, spec), family: titleOf(family) });
    }
  }
  const others: NameAnswer[] = [
    ...Object.entries(refusedAnnotations).map(([name, { summary, lost }]): NameAnswer => ({
      name,
      standing: 'refused',
      summary,
      lost,
    })),
    ...Object.entries(removedAnnotations).map(([name, { instead }]): NameAnswer => ({
      name,
      standing: 'removed',
      instead,
    })),
  ];
  const all = [...answers.values(), ...others.toSorted((a, b) => (a.name < b.name ? -1 : 1))];
  return all.map(answer => {
    const since = annotationSince.get(answer.name);
    return since === undefined ? answer : { ...answer, since };
  });
}
