import type { FieldRef } from '../diagnostics/place.ts';
import type { OptionSpec } from '../options/option.ts';
import type { ValueType } from '../options/value-type.ts';
import { bool, text, trimmed } from '../options/value-type.ts';
import type { Opentelemetry, OpentelemetryCollector } from '../routing/policies/opentelemetry.ts';
import { annotationRef, annotationText } from './annotation-ref.ts';
import type { Closed } from './closed.ts';
import { closed } from './closed.ts';
import type { OptionsContext, ReadContext } from './family.ts';
import { defineFamily } from './family.ts';
import { reportMissingModule } from './nginx-modules.ts';
import type { OpentelemetryOptions } from './opentelemetry-options.ts';
import { collectorOf, openTelemetryOptions } from './opentelemetry-options.ts';
import { annotationWithoutEffect, droppedForValue } from './rules/annotations.ts';

const ON = 'enable-opentelemetry';
const NAME = 'opentelemetry-operation-name';
const TRUST = 'opentelemetry-trust-incoming-span';

const spanWord = text(/^[A-Za-z0-9_-]*$/, 'letters, digits, - and _');
/** What is wrong with it counts only where requests are traced. */
const anyName: ValueType<string> = trimmed({ ...spanWord, parse: value => ({ ok: true, value }) });

type Context = ReadContext<OpentelemetryOptions>;

/** Where traces go; undefined, and said, where nginx cannot make them or nobody says where they go. */
function findCollector(
  options: OpentelemetryOptions,
  at: FieldRef | undefined,
  { hasModule, report }: Pick<OptionsContext, 'hasModule' | 'report'>,
): OpentelemetryCollector | undefined {
  if (!hasModule('opentelemetry')) {
    reportMissingModule({ module: 'opentelemetry', name: ON, lost: 'requests are not traced', at }, report);
    return undefined;
  }
  const found = collectorOf(options);
  if (found === undefined) {
    const message = `${ON} has no effect without the option otlp-collector-host: traces go nowhere`;
    const help = 'set otlp-collector-host in the ConfigMap of the controller';
    report({ rule: annotationWithoutEffect, message, help, ...(at === undefined ? {} : { at }) });
  }
  return found;
}

/** Says which annotations are of no matter where nothing is traced. */
function reportIdle({ ingress, report }: Context): void {
  const name = [NAME, TRUST].find(each => annotationText(ingress, each) !== '');
  if (name === undefined) return;
  const message = `${name} has no effect without ${ON}: "true"`;
  report({ rule: annotationWithoutEffect, message, help: `add ${ON}: "true"`, at: annotationRef(ingress, name) });
}

/**
 * Traces of requests, where nginx has its own module for them.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/opentelemetry/main.go, and buildOpentelemetryForLocation in
 * internal/ingress/controller/template/template.go.
 */
export const opentelemetry = defineFamily({
  name: 'opentelemetry',
  annotations: {
    [ON]: {
      type: bool,
      default: false,
      defaultFrom: ON,
      example: 'true',
      summary:
        'Whether requests are traced; needs `--nginx-module opentelemetry`, and the option `otlp-collector-host`.',
      becomes: 'otel_trace',
      differs: [
        {
          says: 'the module is that of nginx (ngx_otel_module), whose spans have other attributes',
          where: value => value,
        },
      ],
    } satisfies OptionSpec<boolean>,
    [NAME]: {
      type: anyName,
      default: '',
      example: 'checkout',
      summary: 'The name of the spans.',
      becomes: 'otel_span_name',
    } satisfies OptionSpec<string>,
    [TRUST]: {
      type: bool,
      default: true,
      defaultFrom: TRUST,
      example: 'false',
      summary: 'Whether traces that clients began are continued.',
      becomes: 'otel_trace_context',
    } satisfies OptionSpec<boolean>,
  },
  options: openTelemetryOptions,
  read(values, context): Opentelemetry | Closed<never> | undefined {
    const { ingress, options, hasModule, report } = context;
    // As in the controller, the others count beside this one alone.
    const isSet = annotationText(ingress, ON) !== '' && !context.refused.has(ON);
    if (!isSet || !values[ON]) reportIdle(context);
    if (!isSet) return undefined;
    if (!values[ON]) {
      const known = hasModule('opentelemetry') && options[ON] ? collectorOf(options) : undefined;
      return known && { isOn: false, collector: known, spanName: undefined, trusts: true };
    }
    const spanName = spanWord.parse(values[NAME]);
    if (!spanName.ok) {
      const message = `${NAME}: "${values[NAME]}" ${spanName.problem}`;
      const help = spanName.help ?? 'correct it';
      report({ rule: droppedForValue, message, help, at: annotationRef(ingress, NAME) });
      return closed('dropped', `invalid value in annotation ${NAME}`);
    }
    const collector = findCollector(options, annotationRef(ingress, ON), context);
    if (collector === undefined) return undefined;
    return { isOn: true, collector, spanName: values[NAME] === '' ? undefined : values[NAME], trusts: values[TRUST] };
  },
  gives: {
    http(options, context): Opentelemetry | undefined {
      if (!options[ON]) return undefined;
      const collector = findCollector(options, context.written(ON), context);
      if (collector === undefined) return undefined;
      const spanName = options[NAME] === '' ? undefined : options[NAME];
      return { isOn: true, collector, spanName, trusts: options[TRUST] };
    },
    location: asked => asked,
  },
});
