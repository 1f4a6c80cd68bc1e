import type { OptionSpec } from '../options/option.ts';
import { listOf, text } from '../options/value-type.ts';
import { problemOfRegex } from '../routing/pcre.ts';
import { annotationRef } from './annotation-ref.ts';
import { defineFamily } from './family.ts';
import { droppedForValue, invalidAnnotationValue } from './rules/annotations.ts';

const NAME = 'server-alias';

/** Source: parser/validators.go, ValidateServerName. */
const aliases = listOf(text(/^[-/._~a-zA-Z0-9:^$[\](){}*+?|&=\\]*$/, 'letters, digits and - . * for names'));

/** A name with at most one wildcard, which stands for whole labels at one of its ends. */
const HOST = /^(?:\*?\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$|^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.\*$/;

/** Why nginx would not take a name, or no request could have it. */
function problemOf(name: string): string | undefined {
  if (!name.startsWith('~')) return HOST.test(name) && name.length <= 253 ? undefined : 'is no name of a host';
  const regex = name.slice(1);
  const problem = regex === '' ? 'it is empty' : problemOfRegex(regex);
  return problem === undefined ? undefined : `is not a regular expression: ${problem}`;
}

/**
 * Further names of a host.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/alias/main.go and
 * internal/ingress/controller/controller.go, createServers.
 */
export const serverAlias = defineFamily({
  name: 'serverAlias',
  options: {},
  annotations: {
    [NAME]: {
      type: aliases,
      default: [],
      example: 'shop.example.org,*.shop.example.org',
      summary: 'Further names of the host; `*.` stands for any number of labels, `~` begins a regular expression.',
      becomes: 'server_name',
      differs: [
        {
          says: 'its names have the certificate and the redirect to HTTPS of the host, whether the certificate covers them or not',
        },
      ],
    } satisfies OptionSpec<readonly string[]>,
  },
  invalid: { rule: droppedForValue, isDropped: () => true },
  read(values, { ingress, report }) {
    const names = new Set<string>();
    for (const text of values[NAME]) {
      const name = text.startsWith('~') ? text : text.toLowerCase();
      const problem = problemOf(name);
      // `.a.io` is short for the name and all below it.
      if (problem === undefined && name.startsWith('.')) names.add(name.slice(1)).add(`*${name}`);
      else if (problem === undefined) names.add(name);
      else {
        const message = `${NAME}: "${text}" ${problem}: it is left out`;
        const help = 'write names of hosts with commas between them';
        report({ rule: invalidAnnotationValue, message, help, at: annotationRef(ingress, NAME) });
      }
    }
    return names.size === 0 ? undefined : [...names].toSorted();
  },
  gives: { aliases: asked => asked },
});
