import { describe, expect, test } from 'vitest';

import { collect } from '../../../src/diagnostics/diagnostic.ts';
import { parseSources } from '../../../src/manifests/parse-sources.ts';
import { siftMessages } from '../../../src/manifests/tool-messages.ts';

const CLASS = 'apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata:\n  name: nginx\n';
const LIST = 'apiVersion: v1\nitems: []\nkind: List\nmetadata:\n  resourceVersion: ""\n';
const JSON_CLASS = '{"apiVersion": "networking.k8s.io/v1", "kind": "IngressClass", "metadata": {"name": "nginx"}}\n';

function parse(text: string, name = 'stdin') {
  const { report, diagnostics } = collect();
  const { objects } = parseSources([{ name, text }], report);
  const found = diagnostics.map(({ rule, severity, message, help }) => ({ id: rule.id, severity, message, help }));
  return { kinds: objects.map(({ document }) => document.kind), found };
}

describe('a text that is only a message of a tool is one error that quotes it', () => {
  test.each([
    ['kubectl', 'Error from server (NotFound): services "x" not found\n'],
    ['kubectl', "error: unknown flag: --namspace\nSee 'kubectl get --help' for usage.\n"],
    ['kubectl', 'Warning: use discovery.k8s.io/v1\nError from server (Forbidden): ingresses is forbidden\n'],
    ['kubectl', '---\nNo resources found in shop namespace.\r\n'],
    ['Helm', 'Error: INSTALLATION FAILED: cannot re-use a name that is still in use\n'],
    ['Helm', 'Error: UPGRADE FAILED: "web" has no deployed releases\n'],
    ['Helm', 'Error: chart "web" matching not found in shop index. (try \'helm repo update\'): no chart name found\n'],
    ['Helm', 'Error: YAML parse error on web/templates/a.yaml: error converting: yaml: line 9\n\nUse --debug flag\n'],
    ['Helm', "Error: values don't meet the specifications of the schema(s):\nweb:\n- replicas: Invalid type\n"],
    ['Kustomize', "Error: accumulating resources: accumulation err='x.yaml': no such file\n"],
    ['shell', 'bash: line 1: kubectl: command not found\n'],
    ['shell', 'sh: 1: helm: not found\n'],
    ['shell', 'cat: web.yaml: No such file or directory\n'],
    [
      'table',
      'NAME   CLASS   HOSTS              ADDRESS   PORTS   AGE\nweb    nginx   shop.example.com             80      3d\n',
    ],
    ['table', 'NAMESPACE   NAME   CLASS\nshop        web    nginx\n'],
    ['report', 'ingress.networking.k8s.io/web created\nservice/web unchanged\n'],
    ['web server', '<!DOCTYPE html>\n<html><body>Sign in</body></html>\n'],
    ['web server', '404: Not Found\n'],
    ['log', 'W1125 13:40:01.123456   1234 loader.go:222] Config not found\n'],
    ['log', 'Pulled: registry.example.com/charts/web:1.0.0\nDigest: sha256:' + 'a'.repeat(64) + '\n'],
  ])('%s: %j', (tool, text) => {
    const { kinds, found } = parse(text);
    expect(kinds).toEqual([]);
    expect(found.map(({ id, severity }) => `${id} ${severity}`)).toEqual(['I2N180 error']);
    expect(`${found[0]?.message} ${found[0]?.help}`).toContain(tool);
  });
});

describe('a message beside manifests', () => {
  test.each([
    ['before ---', `Error from server (NotFound): services "x" not found\n---\n${CLASS}`],
    ['behind ---', `${CLASS}---\nError: UPGRADE FAILED: timed out\n`],
    ['between documents', `${CLASS}---\nerror: You must be logged in to the server (Unauthorized)\n---\n${LIST}`],
    ['behind a List, without ---', `${LIST}Error from server (NotFound): ingresses "x" not found\n---\n${CLASS}`],
    ['before an object, without ---', `No resources found in shop namespace.\n${CLASS}`],
    ['behind JSON', `${JSON_CLASS}Error from server (NotFound): services "x" not found\n`],
    ['before JSON', `Unable to connect to the server: EOF\n${JSON_CLASS}`],
    ['behind a long List', `${CLASS}---\n${'# long\n'.repeat(40_000)}${LIST}Error from server: etcd timeout\n`],
  ])('is an error, and the objects are read: %s', (_, text) => {
    const { kinds, found } = parse(text);
    expect(kinds).toEqual(['IngressClass']);
    expect(found.map(({ id, severity }) => `${id} ${severity}`)).toEqual(['I2N180 error']);
  });

  test.each([
    ['a deprecation', `Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\n${CLASS}`],
    ['a deprecation before JSON', `Warning: v1 Endpoints is deprecated in v1.33+\n${JSON_CLASS}`],
    ['a log of kubectl', `E1127 08:21:35.123456 12 memcache.go:287] "Unhandled Error" err="metrics: x"\n${CLASS}`],
    ['warnings of Helm', `coalesce.go:286: warning: cannot overwrite table for web.x\nwalk.go:75: link\n${CLASS}`],
    ['what Helm pulled', `Pulled: example.com/web:1\nDigest: sha256:${'a'.repeat(64)}\n---\n${CLASS}`],
    ['the rights of a file', `WARNING: Kubernetes configuration file is group-readable. Location: /x\n${CLASS}`],
  ])('that takes nothing away is a note: %s', (_, text) => {
    const { kinds, found } = parse(text);
    expect(kinds).toEqual(['IngressClass']);
    expect(found.map(({ id, severity }) => `${id} ${severity}`)).toEqual(['I2N180 info']);
  });
});

describe('an error object of the API server is told in its own words', () => {
  test.each([
    [
      'as --raw prints it',
      '{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"Unauthorized","reason":"Unauthorized","code":401}',
    ],
    ['without apiVersion', '{"kind":"Status","status":"Failure","message":"Unauthorized"}'],
    ['without a message', '{"kind":"Status","status":"Failure","reason":"Unauthorized"}'],
    ['as YAML', 'apiVersion: v1\nkind: Status\nstatus: Failure\nmessage: Unauthorized\n'],
    [
      'behind an object',
      `${JSON_CLASS}{"kind":"Status","apiVersion":"v1","status":"Failure","message":"Unauthorized"}`,
    ],
  ])('%s', (_, text) => {
    const { found } = parse(text);
    expect(found.map(({ id, severity }) => `${id} ${severity}`)).toEqual(['I2N180 error']);
    expect(found[0]?.message).toContain('"Unauthorized"');
  });

  test('a success is no error', () => {
    expect(parse('{"kind":"Status","apiVersion":"v1","status":"Success"}').found).toEqual([]);
  });
});

describe('what only looks like a message stays as it is', () => {
  test.each([
    ['translations', 'error: Something went wrong\nok: Fine\n'],
    ['translations with capitals', 'Error: Something went wrong\nNotice: Careful\n'],
    ['a mapping', 'error:\n  title: Not found\n'],
    [
      'a value of a manifest',
      `${CLASS}  labels:\n    a: b\n  annotations:\n    text: |\n      Error from server (NotFound): x\n`,
    ],
  ])('%s', (_, text) => {
    expect(siftMessages(text)).toEqual({ text, messages: [] });
  });

  test('what is taken out leaves all else in its place', () => {
    const text = `Error from server: x\n${CLASS}`;
    expect(siftMessages(text).text).toBe(`${' '.repeat(20)}\n${CLASS}`);
  });
});
