import { expect, test } from 'vitest';

import { placeCauses } from '../../../../src/answers/explain/placed.ts';
import { statementsText } from '../../../../src/answers/diff/statement-text.ts';
import { explainJson } from '../../../../src/report/explain-json.ts';
import { explained, routingOf } from '../../../support/explained.ts';
import { ingress, service } from '../../../support/manifests.ts';

const WEB = service('web', [{ name: 'http', number: 80, pod: 8080 }], { clusterIP: '10.96.0.1' });

function routingWith(snippet: string) {
  const annotations = { 'configuration-snippet': snippet };
  const paths = [['/', 'Prefix', 'web']] as const;
  return routingOf(
    [ingress({ name: 'web', host: 'shop.example.com', paths, annotations }), WEB],
    {},
    { snippets: 'all' },
  );
}

test.each([
  ['of a header for the backend', 'proxy_set_header Authorization "Basic hidden";'],
  ['of a key for the backend', 'proxy_set_header X-Api-Key hidden;'],
  ['of a header of the response', 'more_set_headers "Set-Cookie: a=hidden";'],
  ['that a condition asks for', 'if ($http_x_api_key != "hidden") { return 403; }'],
  ['of a directive that is not understood', 'grpc_set_header Authorization hidden;'],
  ['that the request sends, under another name', 'proxy_set_header X-Asked-As $http_authorization;'],
  ['of another such', 'more_set_input_headers "Authorization: Bearer hidden";'],
])('no value is shown %s', (_, snippet) => {
  const routing = routingWith(snippet);
  const headers = [
    { name: 'Authorization', value: 'Bearer hidden-7' },
    { name: 'Cookie', value: 'a=hidden' },
  ];
  const explanation = explained(routing, 'GET http://shop.example.com/a', { headers });
  const text = explainJson({ explanations: [placeCauses(explanation, () => undefined)] });
  expect(text).toContain('(not shown)');
  expect(text).not.toContain('hidden');
  const statements = routing.servers.flatMap(({ locations }) =>
    locations.flatMap(({ policies }) => policies.configurationSnippet?.asks.statements ?? []),
  );
  expect(statementsText(statements)).toMatch(/\(not shown\)|\$http_authorization/);
  expect(statementsText(statements)).not.toContain('hidden');
});
