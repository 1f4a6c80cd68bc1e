import { askedRequest, readAskedUrl } from '../../src/answers/explain/asked-url.ts';
import type { AskedParts } from '../../src/answers/explain/asked-url.ts';
import { explain } from '../../src/answers/explain/explain.ts';
import type { Explanation, Outcome } from '../../src/answers/explain/model.ts';
import { compile } from '../../src/compile/compile.ts';
import type { CompileSettings } from '../../src/compile/settings.ts';
import { collect } from '../../src/diagnostics/diagnostic.ts';
import { parseSources } from '../../src/manifests/parse-sources.ts';
import { validateObjects } from '../../src/resources/validate.ts';
import type { Routing } from '../../src/routing/model.ts';
import { SETTINGS } from './compiled.ts';
import { yamlOf } from './manifests.ts';
import type { Manifest } from './manifests.ts';

/** What the controller's ConfigMap says. */
export type Options = Readonly<Record<string, string>>;

/** The routing of manifests, with the options of a ConfigMap. */
export function routingOf(
  manifests: readonly Manifest[],
  options: Options = {},
  settings: Partial<CompileSettings> = {},
): Routing {
  const config = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'controller', namespace: 'shop' },
    data: options,
  };
  const { report } = collect();
  const text = yamlOf([...manifests, config]);
  const { objects } = parseSources([{ name: 'shop.yaml', text }], report);
  const resources = validateObjects(objects, report);
  return compile(
    resources,
    { ...SETTINGS, httpPort: 80, httpsPort: 443, controllerConfig: 'shop/controller', ...settings },
    report,
  ).routing;
}

/** What happens to `GET https://shop.example.com/`. */
export function explained(routing: Routing, request: string, parts: Omit<AskedParts, 'method'> = {}): Explanation {
  const [method = '', address = ''] = request.split(' ');
  const url = readAskedUrl(address);
  if (!('target' in url)) throw new Error(`${address} ${url.problem}`);
  return explain(routing, askedRequest(url, { ...parts, method }));
}

/** `shop/web:80 /cart`, `302 https://shop.example.com/`, `403`: what comes of a request, in a word. */
export function outcomeText(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'backend':
      return outcome.choices.map(({ service, uri }) => `${service ?? 'nobody'} ${uri ?? ''}`).join(', ');
    case 'answer':
      return [String(outcome.status), ...(outcome.url === undefined ? [] : [outcome.url])].join(' ');
    case 'closed':
      return 'closed';
    case 'unclear':
      return 'unclear';
  }
}
