import type { Cluster } from '../cluster/cluster.ts';
import type { ControllerOptions } from '../controller-config/registry.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import type { Rule } from '../diagnostics/rule.ts';
import type { Specs, Values } from '../options/option.ts';
import type { Written } from '../options/run.ts';
import { readValues } from '../options/run.ts';
import type { Ingress } from '../resources/model.ts';
import { refOf } from '../resources/model.ts';
import { placeholderIn } from '../resources/placeholders.ts';
import { invalidAnnotationValue } from './rules/annotations.ts';

export const PREFIX = 'nginx.ingress.kubernetes.io/';

/** What a family may look at besides its own values. */
export interface FamilyContext {
  readonly ingress: Ingress;
  /** Nothing else of the input: what a plan depends on is known by what it looked up. */
  readonly cluster: Pick<Cluster, 'secrets'>;
  readonly options: ControllerOptions;
  readonly report: Report;
  /** Closes all locations of the Ingress: they answer 503. The reason is for comments; say the finding with `report`. */
  readonly deny: (reason: string) => void;
  /** The same, where the controller drops the Ingress as a whole: it gives its hosts nothing, then. */
  readonly drop: (reason: string) => void;
  /** Closes all locations of the hosts that the Ingress has rules for, those of other Ingresses too. */
  readonly denyHost: (reason: string) => void;
}

/** What `read` of a family gets besides the values. */
export interface ReadContext extends FamilyContext {
  readonly written: Written;
  /** Annotations whose text their type refused: already reported. */
  readonly refused: ReadonlySet<string>;
}

/** What a family may know of the location that a policy is for. */
export interface LocationFacts {
  /** The path of the location: that of the rule, with the slash of a folder where it is one; `/` for an implicit one. */
  readonly path: string;
  /** Whether a certificate is registered for the host of the location, its own or that of its wildcard. */
  readonly hasTls: boolean;
  /** The location `/` of the default server that an Ingress without rules took over. */
  readonly isCatchAll: boolean;
}

/** What one Ingress asks of one family, ready to be applied to its locations. */
export interface Plan<P> {
  readonly policyFor: (facts: LocationFacts) => P | undefined;
  /** Whether a location with this path makes nginx match all paths of the host as regular expressions. */
  readonly wantsRegex: (path: string) => boolean;
}

/** A family of annotations: its annotations as data, and what they come to. */
export interface FamilyDefinition<S extends Specs, I, P> {
  readonly annotations: S;
  /** The annotation that switches the family on: without it the others are not read, as in the controller. */
  readonly switchedOnBy?: keyof S & string;
  /** The defaults that the ConfigMap gives. */
  readonly defaults?: (options: ControllerOptions) => Partial<Values<S>>;
  /** For families that guard something: the rule for values that their type refuses; they close the door, too. */
  readonly invalid?: { readonly rule: Rule; readonly isDropped: (name: string, text: string) => boolean };
  /** Once an Ingress: what its values ask for, undefined for nothing. Reports what is wrong beyond single values. */
  readonly read: (values: Values<S>, context: ReadContext) => I | undefined;
  /** Once a location: what of it holds there. */
  readonly policyFor: (asked: I, facts: LocationFacts) => P | undefined;
  readonly wantsRegex?: (asked: I, path: string) => boolean;
}

/** A family whose types are closed over, so that the registry can run all of them alike. */
export interface Family<P> {
  readonly annotations: Specs;
  readonly plan: (context: FamilyContext) => Plan<P>;
}

/** The place of an annotation of an Ingress. */
export function annotationRef(ingress: Ingress, name: string): FieldRef {
  return refOf(ingress, 'metadata', 'annotations', PREFIX + name);
}

/**
 * Makes a family of its definition. Values are parsed, those that are refused are reported and replaced by their
 * default as in the controller, unless the family guards something: then the locations are closed.
 */
export function defineFamily<S extends Specs, I, P>(definition: FamilyDefinition<S, I, P>): Family<P> {
  const { annotations, switchedOnBy, invalid } = definition;
  return {
    annotations,
    plan(context) {
      const { ingress, options, report } = context;
      // An empty value counts as absent, of whatever type: the controller looks at no empty text.
      // Source: ingress-nginx 1.15.1, internal/ingress/annotations/parser/validators.go and main.go.
      const textOf = (name: string): string | undefined => ingress.annotations[PREFIX + name] || undefined;
      const isOff = switchedOnBy !== undefined && textOf(switchedOnBy) === undefined;
      const result = readValues(annotations, isOff ? () => undefined : textOf, definition.defaults?.(options));
      for (const { name, text, problem, help } of result.invalid) {
        // Of a placeholder it has been said that it is one.
        if (placeholderIn(text) === undefined) {
          report({
            rule: invalid?.rule ?? invalidAnnotationValue,
            message: `${name}: "${text}" ${problem}`,
            at: annotationRef(ingress, name),
            ...(help === undefined ? {} : { help }),
          });
        }
        const close = invalid?.isDropped(name, text) === true ? context.drop : context.deny;
        if (invalid !== undefined) close(`invalid value in annotation ${name}`);
      }
      const isWritten = (name: string): boolean => Object.hasOwn(ingress.annotations, PREFIX + name);
      const written: Written = name => (isWritten(name) ? annotationRef(ingress, name) : undefined);
      const refused = new Set(result.invalid.map(({ name }) => name));
      const asked = definition.read(result.values, { ...context, written, refused });
      return {
        policyFor: facts => (asked === undefined ? undefined : definition.policyFor(asked, facts)),
        wantsRegex: path => asked !== undefined && (definition.wantsRegex?.(asked, path) ?? false),
      };
    },
  };
}
