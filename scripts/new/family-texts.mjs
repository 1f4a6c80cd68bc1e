// @ts-check
import { camelCase } from './addition.mjs';

/** @typedef {import('./family.mjs').NewFamily} NewFamily */

/**
 * The files of a family that asks for nothing yet: each annotation a text, each text a directive of the same name.
 * @returns {Readonly<Record<string, string>>}
 */
export function familyTexts(/** @type {NewFamily} */ family) {
  const { name } = family;
  const golden = `fixtures/golden/${name}/takes-what-is-written`;
  return {
    [`src/annotations/${name}.ts`]: familyText(family),
    [`src/routing/policies/${name}.ts`]: policyText(family),
    [`src/nginx/policies/${name}.ts`]: rendererText(family),
    [`templates/policies/${name}.conf`]: templateText(family),
    [`test/unit/annotations/${name}.test.ts`]: testText(family),
    [`${golden}/input.yaml`]: inputText(family),
    [`${golden}/requests.yaml`]: REQUESTS,
  };
}

const REQUESTS = `requests:
- name: the Service answers
  url: http://shop.example.com/
  expect: { service: shop/web }
`;

function quoted(/** @type {string} */ words) {
  return words.includes("'") ? `"${words}"` : `'${words}'`;
}

function familyText(/** @type {NewFamily} */ { name, camel, pascal, annotations }) {
  const specs = annotations.map(
    annotation => `    '${annotation.name}': {
      type: text(/^[\\w.-]*$/, 'letters, digits and - . _'),
      default: '',
      example: 'value',
      summary: ${quoted(annotation.summary)},
      becomes: '${annotation.name.replaceAll('-', '_')}',
    } satisfies OptionSpec<string>,
`,
  );
  return `import { text } from '../options/value-type.ts';
import type { OptionSpec } from '../options/option.ts';
import type { ${pascal} } from '../routing/policies/${name}.ts';
import { defineFamily } from './family.ts';

export const ${camel} = defineFamily({
  name: '${camel}',
  options: {},
  annotations: {
${specs.join('')}  },
  read: (): ${pascal} | undefined => undefined,
  gives: { location: asked => asked },
});
`;
}

function policyText(/** @type {NewFamily} */ { name, pascal, annotations }) {
  const fields = annotations.map(annotation => `  readonly ${camelCase(annotation.name)}: string;\n`);
  return `/** What ${name} asks of a location. */
export interface ${pascal} {
${fields.join('')}}
`;
}

function rendererText(/** @type {NewFamily} */ { name, camel, pascal, annotations }) {
  const fields = annotations.map(annotation => {
    const field = camelCase(annotation.name);
    return `      ${field}: quoteLiteral(asks.${field}, declare),\n`;
  });
  return `import { quoteLiteral } from '../quote.ts';

import type { LocationRenderer } from '../parts.ts';

export const render${pascal}: LocationRenderer<'${camel}'> = (asks, { declare, text }) => ({
  location: {
    content: text('policies/${name}.conf', {
${fields.join('')}    }),
  },
});
`;
}

function templateText(/** @type {NewFamily} */ { annotations }) {
  return annotations.map(({ name }) => `            ${name.replaceAll('-', '_')} {{ ${camelCase(name)} }};\n`).join('');
}

function testText(/** @type {NewFamily} */ { name, camel, pascal, annotations }) {
  const given = annotations.map(annotation => `'${annotation.name}': 'value'`).join(', ');
  const policy = annotations.map(annotation => `${camelCase(annotation.name)}: 'value'`).join(', ');
  return `import { expect, test } from 'vitest';

import { ${camel} } from '../../../src/annotations/${name}.ts';
import type { ${pascal} } from '../../../src/routing/policies/${name}.ts';
import { runFamily } from '../../support/annotations.ts';
import { linesOf } from '../../support/resources.ts';

interface Row {
  readonly name: string;
  readonly given: Readonly<Record<string, string>>;
  readonly policy: ${pascal} | undefined;
  readonly lines: readonly string[];
}

const rows: readonly Row[] = [
  { name: 'asks for nothing by itself', given: {}, policy: undefined, lines: [] },
  {
    name: 'takes what is written',
    given: { ${given} },
    policy: { ${policy} },
    lines: [],
  },
];

test.each(rows)('$name', ({ given, policy, lines }) => {
  const run = runFamily(${camel}, given);
  expect(run.policy).toEqual(policy);
  expect(linesOf(run.found)).toEqual(lines);
});
`;
}

function inputText(/** @type {NewFamily} */ { annotations }) {
  const lines = annotations.map(({ name }) => `    nginx.ingress.kubernetes.io/${name}: value\n`);
  return `# What is written reaches nginx.
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
  annotations:
${lines.join('')}spec:
  ingressClassName: nginx
  rules:
  - host: shop.example.com
    http:
      paths:
      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {clusterIP: 10.96.1.1, ports: [{port: 80}]}
`;
}
