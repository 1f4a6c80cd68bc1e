import { expect, test } from 'vitest';

import { explained, routingOf } from '../../../support/explained.ts';
import { ingress, service } from '../../../support/manifests.ts';
import type { Manifest, PathRow } from '../../../support/manifests.ts';

const WEB = service('web', [{ name: 'http', number: 80, pod: 8080 }], { clusterIP: '10.96.0.1' });

interface Given {
  readonly host?: string;
  readonly paths?: readonly PathRow[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly others?: readonly Manifest[];
}

function adviceOf(
  request: string,
  { host = 'shop.example.com', paths = [['/', 'Prefix', 'web']], annotations = {}, others = [WEB] }: Given,
): readonly string[] {
  const web = ingress({ name: 'web', host, paths, annotations });
  return explained(routingOf([web, ...others], { 'X-Made-Up': 'a' }), request).advice;
}

/** The way out of a 404 or a 503 stands in the first sentence of advice. */
test.each<readonly [sentence: string, request: string, given: Given, first: string]>([
  [
    'the nearest host is named',
    'GET https://shpo.example.com/',
    {},
    'Ask for shop.example.com, the nearest host that there is, or correct the host of its rule',
  ],
  [
    'a wildcard takes one label',
    'GET https://a.b.example.com/',
    { host: '*.example.com' },
    '*.example.com takes one label in place of its star, and no more: add a rule with the host a.b.example.com to an Ingress of this ingress class',
  ],
  [
    'an address is no host of a rule',
    'GET http://192.0.2.1/',
    {},
    "Ask by the name of a rule, since an address is none: curl -H 'Host: shop.example.com' http://192.0.2.1/; there are shop.example.com",
  ],
  [
    'a ConfigMap with headers is missing',
    'GET https://shop.example.com/',
    { annotations: { 'custom-headers': 'shop/headers' } },
    'Add the ConfigMap that custom-headers of Ingress shop/web names to the input, or remove custom-headers: ingress2nginx lint shows the place and the way out',
  ],
  [
    'a header of a ConfigMap may not be set',
    'GET https://shop.example.com/',
    { annotations: { 'custom-headers': 'shop/controller' } },
    'Correct the ConfigMap that Ingress shop/web names (a header of custom-headers is not allowed): ingress2nginx lint shows the place and the way out',
  ],
  [
    'other hosts are listed',
    'GET https://else.org/',
    {},
    'Add a rule with the host else.org to an Ingress of this ingress class; there are shop.example.com',
  ],
  [
    'a prefix ends at a slash',
    'GET https://shop.example.com/api-docs',
    { paths: [['/api', 'Prefix', 'web']] },
    'The prefix /api takes /api and what is below /api/, not /api-docs: prefixes end at a slash',
  ],
  [
    'an exact path takes nothing below it',
    'GET https://shop.example.com/api/7',
    { paths: [['/api', 'Exact', 'web']] },
    'The path /api is Exact and takes /api alone: make it Prefix to take what is below it',
  ],
  [
    'capitals count',
    'GET https://shop.example.com/API',
    { paths: [['/api', 'Prefix', 'web']] },
    'The path /api has other capitals, which count; with use-regex: "true" they do not',
  ],
  [
    'an expression is one only where an annotation says so',
    'GET https://shop.example.com/7',
    { paths: [['/[0-9]+', 'ImplementationSpecific', 'web']] },
    'The path /[0-9]+ is not read as a regular expression: set use-regex: "true" on its Ingress, with pathType ImplementationSpecific',
  ],
  [
    'the nearest path is named',
    'GET https://shop.example.com/crat',
    { paths: [['/cart', 'Prefix', 'web']] },
    'The nearest path is /cart',
  ],
  [
    'paths are listed',
    'GET https://shop.example.com/x',
    {
      paths: [
        ['/cart', 'Prefix', 'web'],
        ['/api', 'Exact', 'web'],
      ],
    },
    'Add a path to a rule of shop.example.com that takes /x, or a defaultBackend; shop.example.com has /cart (Prefix) and /api (Exact)',
  ],
  [
    'a port must be one of the Service',
    'GET https://shop.example.com/',
    { paths: [['/', 'Prefix', 'web', 3000]] },
    'Name a port of Service shop/web in the backend, as it stands in spec.ports: its number or its name; kubectl get service -n shop web shows them',
  ],
  [
    'a guard without its users closes',
    'GET https://shop.example.com/',
    { annotations: { 'auth-type': 'basic', 'auth-secret': 'nobody' } },
    'Add the Secret of auth-secret to the input, with the users under the key "auth": ingress2nginx lint shows the place and the way out',
  ],
  [
    'a Secret alone asks nobody',
    'GET https://shop.example.com/',
    { annotations: { 'auth-secret': 'users' } },
    'Add auth-type: basic to Ingress shop/web, or remove auth-secret',
  ],
  [
    'a snippet that is not taken closes',
    'GET https://shop.example.com/',
    { annotations: { 'configuration-snippet': 'deny all;' } },
    'Correct the snippet of Ingress shop/web, or allow snippets: ingress2nginx lint shows the place and the way out',
  ],
])('%s', (_, request, given, first) => {
  expect(adviceOf(request, given)[0]).toBe(first);
});
