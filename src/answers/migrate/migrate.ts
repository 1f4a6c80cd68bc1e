import { annotationAnswers } from '../annotation-names.ts';
import type { NameAnswer } from '../names.ts';
import { findNames } from '../names.ts';
import { optionAnswers } from '../option-names.ts';
import type {
  AnnotationUse,
  HereVerdict,
  Judgement,
  Migration,
  Moved,
  MoveRequest,
  MovingIngress,
  ShapeName,
  Target,
  UnknownUse,
  Use,
} from './model.ts';
import { SHAPE_NAMES } from './model.ts';
import { totalsOf } from './totals.ts';
import { inOrderOfWeight } from './weight.ts';

type Answers = ReadonlyMap<string, NameAnswer>;

/** What becomes of all that Ingresses and options ask for: here, and where somebody may move to. */
export function migrationOf({ ingresses, options, targets }: MoveRequest): Migration {
  const answers = byName(annotationAnswers());
  const isKnown = ({ name }: Use): boolean => answers.has(name);
  const used = gather(ingresses, ({ annotations }) => annotations.filter(use => asksForSomething(use, answers)));
  const annotations = used.filter(isKnown).map(use => movedAnnotation(use, answers, targets));
  const shapes = gather(ingresses, ingress => ingress.shapes).flatMap(use => movedShape(use, targets));
  return {
    targets: targets.map(({ id, name, product, version, notes }) => ({ id, name, product, version, notes })),
    totals: totalsOf(ingresses, { annotations, shapes, targets }),
    annotations: inOrderOfWeight(annotations),
    ...(options === undefined ? {} : { options: movedOptions(options, targets) }),
    shapes: inOrderOfWeight(shapes),
    unknown: mostUsed(used.filter(use => !isKnown(use)).map(use => withMeant(use, [...answers.values()]))),
    others: mostUsed(gather(ingresses, ({ others }) => others)),
  };
}

function byName(answers: readonly NameAnswer[]): Answers {
  return new Map(answers.map(answer => [answer.name, answer]));
}

const OFF = /^ *(?:false|f|0) *$/i;

/** Nothing is asked for by an empty text, or by the `false` of what is off by default, whatever the options say. */
function asksForSomething({ name, text }: AnnotationUse, answers: Answers): boolean {
  const answer = answers.get(name);
  const isOffByDefault = answer?.default === 'false' && answer.defaultFrom === undefined;
  return text !== '' && !(isOffByDefault && OFF.test(text));
}

/** What several Ingresses have, once, with the place of the first. */
function gather<N extends string>(
  ingresses: readonly MovingIngress[],
  usesOf: (ingress: MovingIngress) => readonly (Use & { readonly name: N })[],
): readonly (UnknownUse & { readonly name: N })[] {
  const found = new Map<N, { readonly use: Use & { readonly name: N }; readonly ingresses: Set<string> }>();
  for (const ingress of ingresses) {
    for (const use of usesOf(ingress)) {
      const known = found.get(use.name) ?? { use, ingresses: new Set<string>() };
      known.ingresses.add(ingress.name);
      found.set(use.name, known);
    }
  }
  return [...found.values()].map(({ use, ingresses: names }) => ({
    name: use.name,
    at: use.at,
    ingresses: [...names],
  }));
}

function movedAnnotation(use: UnknownUse, answers: Answers, targets: readonly Target[]): Moved {
  const here = hereOf(answers.get(use.name));
  return { ...use, here, there: there(targets, here.verdict, target => target.annotations.get(use.name)) };
}

function movedOptions(options: readonly Use[], targets: readonly Target[]): readonly Moved[] {
  const answers = byName(optionAnswers());
  const moved = options
    .filter(({ name }) => answers.has(name))
    .map((use): Moved => {
      const here = hereOf(answers.get(use.name));
      const judgements = there(targets, here.verdict, target => target.options.get(use.name));
      return { ...use, ingresses: [], here, there: judgements };
    });
  return inOrderOfWeight(moved);
}

function movedShape(
  use: UnknownUse & { readonly name: ShapeName },
  targets: readonly Target[],
): readonly (Moved & { readonly name: ShapeName })[] {
  if (!SHAPE_NAMES.includes(use.name)) return [];
  return [{ ...use, there: there(targets, 'same', target => target.shapes.get(use.name)) }];
}

const HERE: Readonly<Record<NameAnswer['standing'], HereVerdict>> = {
  exact: 'same',
  differs: 'differs',
  refused: 'refused',
  idle: 'idle',
  removed: 'removed',
};

function hereOf(answer: NameAnswer | undefined): { readonly verdict: HereVerdict; readonly how: readonly string[] } {
  if (answer === undefined) return { verdict: 'removed', how: [] };
  const { standing, differs = [], lost, instead } = answer;
  return { verdict: HERE[standing], how: [...differs, ...[lost, instead].filter(text => text !== undefined)] };
}

const DOCS = 'https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/docs/user-guide/nginx-configuration';

/** What has no effect in the controller has none to lose. */
const NOTHING: Judgement = { verdict: 'same', how: 'no effect in ingress-nginx: leave it out', source: DOCS };

function there(
  targets: readonly Target[],
  here: HereVerdict,
  judge: (target: Target) => Judgement | undefined,
): Moved['there'] {
  const isIdle = here === 'idle' || here === 'removed';
  return targets.map(target => {
    const unchecked: Judgement = { verdict: 'unchecked', how: 'nobody has checked it yet', source: DOCS };
    return { target: target.id, ...(isIdle ? NOTHING : (judge(target) ?? unchecked)) };
  });
}

function withMeant(use: UnknownUse, answers: readonly NameAnswer[]): UnknownUse {
  const [unknown] = findNames(answers, [use.name]).unknown;
  return unknown?.meant === undefined ? use : { ...use, meant: unknown.meant };
}

function mostUsed(uses: readonly UnknownUse[]): readonly UnknownUse[] {
  return uses.toSorted((a, b) => b.ingresses.length - a.ingresses.length || (a.name < b.name ? -1 : 1));
}
