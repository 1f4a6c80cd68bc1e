import { annotationName } from '../annotations/annotation-ref.ts';
import { migrationOf } from '../answers/migrate/migrate.ts';
import type {
  AnnotationUse,
  Migration,
  MigrationGap,
  MovingIngress,
  PlacedAt,
  TargetId,
  Use,
} from '../answers/migrate/model.ts';
import { targetOf } from '../answers/migrate/targets.ts';
import { noIngress } from '../compile/rules/selection.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { isError } from '../diagnostics/severities.ts';
import { keyOf } from '../diagnostics/place.ts';
import type { ConfigMap, Ingress } from '../resources/model.ts';
import { CLASS_ANNOTATION, refOf } from '../resources/model.ts';
import type { Loaded } from './loaded.ts';
import { shapesIn } from './migrate-shapes.ts';

export interface MigrateRequest {
  readonly loaded: Loaded;
  readonly to: readonly TargetId[];
}

export interface FoundMigration {
  readonly migration: Migration<PlacedAt>;
  /** With the findings alone that say what could not be read. */
  readonly loaded: Loaded;
}

/** Annotations that say nothing of how requests are served. */
const OF_NOBODY: ReadonlySet<string> = new Set([CLASS_ANNOTATION, 'kubectl.kubernetes.io/last-applied-configuration']);

/** What becomes of all that the Ingresses of an input ask for, and the ConfigMap of the controller. */
export function migrationIn({ loaded, to }: MigrateRequest): FoundMigration {
  const skipped = new Set(loaded.leftOut.map(({ ingress }) => ingress));
  const ours = loaded.ingresses.filter(each => !skipped.has(nameOf(each)));
  const served = ours.filter(each => !each.isRefused);
  const shapesOf = shapesIn(loaded.routing);
  const migration = migrationOf({
    ingresses: served.map(ingress => movingIngress(ingress, shapesOf(ingress))),
    options: loaded.controllerConfig === undefined ? undefined : optionsIn(loaded.controllerConfig),
    targets: [...new Set(to)].map(targetOf),
  });
  const diagnostics = loaded.diagnostics.filter(isOfReading);
  const gap = gapOf(ours, diagnostics);
  const incomplete = gap === undefined ? {} : { incomplete: gap };
  return { migration: { ...placed(migration, loaded), ...incomplete }, loaded: { ...loaded, diagnostics } };
}

/** Refused Ingresses count even where what is wrong with them is no error of reading. */
function gapOf(ours: readonly Ingress[], found: readonly Diagnostic[]): MigrationGap | undefined {
  const ingresses = [...new Set(ours.filter(({ isRefused }) => isRefused).map(nameOf))].toSorted();
  const errors = found.filter(each => each.rule !== noIngress && isError(each)).length;
  return errors === 0 && ingresses.length === 0 ? undefined : { errors, ingresses };
}

function nameOf({ namespace, name }: Ingress): string {
  return `${namespace}/${name}`;
}

/** That a Service or a Secret is missing says nothing about what Ingresses ask for. */
function isOfReading({ rule }: Diagnostic): boolean {
  return rule === noIngress || rule.id.startsWith('I2N1');
}

function movingIngress(ingress: Ingress, shapes: MovingIngress['shapes']): MovingIngress {
  const annotations: AnnotationUse[] = [];
  const others: Use[] = [];
  for (const [key, text] of Object.entries(ingress.annotations)) {
    const at = keyOf(refOf(ingress, 'metadata', 'annotations', key));
    const name = annotationName(ingress, key);
    if (name !== undefined) annotations.push({ name, at, text });
    else if (!OF_NOBODY.has(key)) others.push({ name: key, at });
  }
  return { name: nameOf(ingress), annotations, others, shapes };
}

function optionsIn(configMap: ConfigMap): readonly Use[] {
  return Object.keys(configMap.data).map(name => ({ name, at: keyOf(refOf(configMap, 'data', name)) }));
}

function placed(migration: Migration, { locate }: Loaded): Migration<PlacedAt> {
  const place = <U extends Use>(use: U): Omit<U, 'at'> & { readonly at: PlacedAt } => {
    const origin = locate(use.at);
    const at = origin === undefined ? undefined : { file: origin.file, line: origin.line, column: origin.column };
    return { ...use, at };
  };
  const { annotations, options, shapes, unknown, others, ...rest } = migration;
  return {
    ...rest,
    annotations: annotations.map(place),
    ...(options === undefined ? {} : { options: options.map(place) }),
    shapes: shapes.map(place),
    unknown: unknown.map(place),
    others: others.map(place),
  };
}
