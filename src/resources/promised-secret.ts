import type { PlainObject, PlainValue } from '../json/value.ts';
import type { ReadObject } from '../manifests/document.ts';
import type { PromisedSecret } from './model.ts';
import { listOf, objectOf, someTextOf } from './plain.ts';

/** A Secret as its maker describes it; what is undefined is as in the maker. */
interface Promised {
  readonly name: string | undefined;
  /** Empty: any. */
  readonly namespace?: string | undefined;
  readonly keys?: readonly string[];
  readonly type?: string | undefined;
}

/** The object that is a Secret in all but name. */
interface Maker {
  readonly name: string | undefined;
  readonly spec: PlainObject;
}

type ReadPromises = (maker: Maker) => readonly Promised[];

const TLS_KEYS: readonly string[] = ['tls.crt', 'tls.key'];
const TLS_TYPE = 'kubernetes.io/tls';

const PROMISES: ReadonlyMap<string, ReadPromises> = new Map<string, ReadPromises>([
  ['SealedSecret', ofSealedSecret],
  ['ExternalSecret', ofExternalSecret],
  ['ClusterExternalSecret', ofClusterExternalSecret],
  ['Certificate', ofCertificate],
  ['SecretProviderClass', ofProviderClass],
  ['OnePasswordItem', ofItself],
  ['VaultSecret', ofItself],
  ['StringSecret', ofItself],
  ['BasicAuth', ofItself],
  ['VaultStaticSecret', ofDestination],
  ['VaultDynamicSecret', ofDestination],
  ['VaultPKISecret', ofDestination],
  ['InfisicalSecret', ofReference('managedSecretReference', 'secretName', 'secretNamespace')],
  ['DopplerSecret', ofReference('managedSecret', 'name', 'namespace')],
  ['BitwardenSecret', ({ spec }) => [{ name: someTextOf(spec['secretName']) }]],
  ['SopsSecret', ofSopsSecret],
  ['AzureKeyVaultSecret', ({ spec }) => [{ name: textAt(spec, 'output', 'secret', 'name') }]],
  ['ClusterSecret', ({ name }) => [{ name, namespace: '' }]],
]);

/**
 * The Secrets that a controller makes of an object; none of an object that is no such maker. A maker itself is judged by
 * nobody here: what cannot be read of it promises nothing.
 */
export function promisedSecretsOf({ document, value }: ReadObject): readonly PromisedSecret[] {
  const { kind, name } = document;
  const read = PROMISES.get(kind);
  if (read === undefined) return [];
  const ownNamespace = document.namespace ?? 'default';
  return read({ name, spec: objectOf(value['spec'] ?? value['data']) }).flatMap(promise => {
    if (promise.name === undefined) return [];
    const { namespace = ownNamespace, keys, type } = promise;
    return [{ kind: 'PromisedSecret', document: document.id, namespace, name: promise.name, by: kind, keys, type }];
  });
}

function ofItself({ name }: Maker): readonly Promised[] {
  return [{ name }];
}

function ofSealedSecret({ name, spec }: Maker): readonly Promised[] {
  const template = objectOf(spec['template']);
  const metadata = objectOf(template['metadata']);
  const plain = Object.keys(objectOf(template['data']));
  return [
    {
      name: someTextOf(metadata['name']) ?? name,
      namespace: someTextOf(metadata['namespace']),
      keys: [...Object.keys(objectOf(spec['encryptedData'])), ...plain],
      type: someTextOf(template['type']),
    },
  ];
}

/** With a template, or with all that a path holds, its keys are known to the store alone. */
function ofExternalSecret({ name, spec }: Maker): readonly Promised[] {
  const target = objectOf(spec['target']);
  const template = objectOf(target['template']);
  const data = listOf(spec['data']).map(entry => objectOf(entry));
  const isOpen = listOf(spec['dataFrom']).length > 0 || Object.keys(template).length > 0 || data.length === 0;
  const keys = data.flatMap(entry => someTextOf(entry['secretKey']) ?? someTextOf(entry['name']) ?? []);
  return [
    {
      name: someTextOf(target['name']) ?? name,
      ...(isOpen ? {} : { keys }),
      type: someTextOf(template['type']),
    },
  ];
}

/** The namespaces are chosen by labels, mostly. */
function ofClusterExternalSecret({ name, spec }: Maker): readonly Promised[] {
  const ownName = someTextOf(spec['externalSecretName']) ?? name;
  const inner = ofExternalSecret({ name: ownName, spec: objectOf(spec['externalSecretSpec']) });
  return inner.map(promise => ({ ...promise, namespace: '' }));
}

/** What copies Secrets to other namespaces is told so by annotations, and those are many. */
const COPIED = /reflect|replicat|kubed|sync/i;

function ofCertificate({ spec }: Maker): readonly Promised[] {
  const annotations = objectOf(objectOf(spec['secretTemplate'])['annotations']);
  const isCopied = Object.keys(annotations).some(key => COPIED.test(key));
  return [
    {
      name: someTextOf(spec['secretName']) ?? textAt(spec, 'secretRef', 'name'),
      namespace: isCopied ? '' : textAt(spec, 'secretRef', 'namespace'),
      keys: TLS_KEYS,
      type: TLS_TYPE,
    },
  ];
}

function ofProviderClass({ spec }: Maker): readonly Promised[] {
  return listOf(spec['secretObjects']).map(entry => {
    const secret = objectOf(entry);
    const keys = listOf(secret['data']).flatMap(item => someTextOf(objectOf(item)['key']) ?? []);
    return { name: someTextOf(secret['secretName']), keys, type: someTextOf(secret['type']) };
  });
}

function ofDestination({ spec }: Maker): readonly Promised[] {
  return [{ name: textAt(spec, 'destination', 'name'), type: textAt(spec, 'destination', 'type') }];
}

function ofReference(field: string, nameField: string, namespaceField: string): ReadPromises {
  return ({ spec }) => [{ name: textAt(spec, field, nameField), namespace: textAt(spec, field, namespaceField) }];
}

function ofSopsSecret({ spec }: Maker): readonly Promised[] {
  const templates = [...listOf(spec['secretTemplates']), ...listOf(spec['secrets'])];
  return templates.map(entry => {
    const template = objectOf(entry);
    const values = { ...objectOf(template['data']), ...objectOf(template['stringData']) };
    return { name: someTextOf(template['name']), keys: Object.keys(values), type: someTextOf(template['type']) };
  });
}

function textAt(value: PlainValue, ...steps: readonly string[]): string | undefined {
  return someTextOf(steps.reduce<PlainValue | undefined>((parent, step) => objectOf(parent)[step], value));
}
