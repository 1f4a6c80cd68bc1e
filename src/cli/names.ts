import { Chalk } from 'chalk';

import { annotationAnswers } from '../answers/annotation-names.ts';
import type { NameAnswer, UnknownName } from '../answers/names.ts';
import { coverageOf, findNames } from '../answers/names.ts';
import { optionAnswers } from '../answers/option-names.ts';
import { detailsMarkdown, namesMarkdown } from '../report/names-markdown.ts';
import { detailsText, namesJson, namesTable } from '../report/names-text.ts';
import type { NamesKind } from '../report/names-words.ts';
import type { ColourChoice, ExitCode } from './face.ts';
import { isColoured, print, tell, wrapColumns } from './face.ts';

export interface NamesFlags {
  readonly format: 'table' | 'json' | 'markdown';
  readonly color: ColourChoice;
}

export interface AnnotationsFlags extends NamesFlags {
  readonly annotationsPrefix: string;
}

/** What is known of some annotations, or of all. Names may be written with the prefix. */
export function annotations(names: readonly string[], { annotationsPrefix, ...flags }: AnnotationsFlags): ExitCode {
  const prefix = `${annotationsPrefix}/`;
  const bare = names.map(name => (name.startsWith(prefix) ? name.slice(prefix.length) : name));
  return answer(annotationAnswers(), bare, { one: 'annotation', several: 'annotations', prefix }, flags);
}

/** The same of options of the controller's ConfigMap. */
export function options(names: readonly string[], flags: NamesFlags): ExitCode {
  return answer(optionAnswers(), names, { one: 'option', several: 'options', prefix: '' }, flags);
}

function answer(all: readonly NameAnswer[], names: readonly string[], kind: NamesKind, flags: NamesFlags): ExitCode {
  const { found, unknown } = findNames(all, names);
  for (const name of unknown) tell('error', refusalOf(name, kind));
  const isOfAll = names.length === 0;
  if (isOfAll || found.length > 0) print(textOf(isOfAll ? all : found, all, kind, { ...flags, isOfAll }));
  return unknown.length === 0 ? 0 : 1;
}

function refusalOf({ name, meant }: UnknownName, { one, prefix }: NamesKind): string {
  const none = `there is no ${one} "${name}"`;
  const [other, others] =
    one === 'option' ? (['annotation', annotationAnswers] as const) : (['option', optionAnswers] as const);
  if (others().some(known => known.name === name))
    return `${none}, but ${other === 'option' ? 'an option' : 'an annotation'}: ingress2nginx ${other}s ${name}`;
  return meant === undefined ? `${none}; see ingress2nginx ${one}s` : `${none}; did you mean ${prefix}${meant}?`;
}

function textOf(
  shown: readonly NameAnswer[],
  all: readonly NameAnswer[],
  kind: NamesKind,
  { format, color, isOfAll }: NamesFlags & { readonly isOfAll: boolean },
): string {
  const coverage = coverageOf(all);
  switch (format) {
    case 'json':
      return namesJson(shown, coverage, kind);
    case 'markdown':
      return isOfAll ? namesMarkdown(shown, coverage, kind) : detailsMarkdown(shown, kind);
    case 'table': {
      const style = new Chalk({ level: isColoured('stdout', color) ? 1 : 0 });
      const layout = { style, columns: wrapColumns('stdout') };
      return isOfAll ? namesTable(shown, coverage, layout) : detailsText(shown, kind, layout);
    }
  }
}
