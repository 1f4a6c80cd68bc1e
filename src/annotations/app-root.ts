import type { OptionSpec } from '../options/option.ts';
import { text } from '../options/value-type.ts';
import { isKnownVariable } from '../routing/nginx-variables.ts';
import { annotationRef } from './annotation-ref.ts';
import { defineFamily } from './family.ts';
import { invalidAnnotationValue } from './rules/annotations.ts';

const NAME = 'app-root';

/** Why a path cannot be sent to clients; undefined if it can. */
function problemOf(path: string): string | undefined {
  if (!path.startsWith('/')) return 'is not a path that begins with /';
  if (path === '/') return 'is where the redirect begins';
  for (const [found, name = ''] of path.matchAll(/\$(\w*)/g)) {
    if (name === 'request_filename') return 'has $request_filename, a path of this machine';
    if (!/^[1-9]/.test(name) && !isKnownVariable(name)) return `has ${found}, which is not a variable of nginx`;
  }
  return undefined;
}

/**
 * Where clients are sent that ask for the root of a host.
 * Source: ingress-nginx 1.15.1, internal/ingress/annotations/rewrite/main.go and rootfs/etc/nginx/template/nginx.tmpl.
 */
export const appRoot = defineFamily({
  name: 'appRoot',
  options: {},
  annotations: {
    [NAME]: {
      type: text(/^\/?[-._~a-zA-Z0-9/:$]*$/, 'letters, digits and - . _ ~ / : $'),
      default: '',
      example: '/app',
      summary: 'Where requests for the root of the host are sent (302), whatever the path of the Ingress is.',
      becomes: 'if, return 302',
    } satisfies OptionSpec<string>,
  },
  read(values, { ingress, report }) {
    const path = values[NAME];
    const problem = path === '' ? undefined : problemOf(path);
    if (problem !== undefined) {
      const message = `${NAME}: "${path}" ${problem}: it has no effect`;
      const help = 'write a path of the same host, such as "/app"';
      report({ rule: invalidAnnotationValue, message, help, at: annotationRef(ingress, NAME) });
    }
    return path === '' || problem !== undefined ? undefined : { path };
  },
  gives: { server: asked => asked },
  isOfLongestPath: true,
});
