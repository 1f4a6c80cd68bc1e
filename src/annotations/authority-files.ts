import { fileStem, keyOfObject, parseReference } from '../cluster/object-name.ts';
import type { Finding } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import type { Bundle } from '../pem/authorities.ts';
import { readAuthorities, readRevocations } from '../pem/authorities.ts';
import type { Rule } from '../diagnostics/rule.ts';
import type { Secret } from '../resources/model.ts';
import { dataRef, refOf } from '../resources/model.ts';
import { cameFrom } from '../resources/provenance.ts';
import type { PemFile } from '../routing/secret-files.ts';
import { annotationRef } from './annotation-ref.ts';
import type { ReadContext } from './family.ts';

const CA = 'ca.crt';
const CRL = 'ca.crl';

/** An annotation that names a Secret with certificate authorities, and the rule for what is wrong with it. */
export interface AuthorityUser extends Pick<ReadContext<unknown>, 'ingress' | 'tables' | 'report' | 'mayUse'> {
  readonly annotation: string;
  readonly rule: Rule;
  /** What comes of it, as the end of a sentence. */
  readonly consequence: string;
}

type Problem = Pick<Finding, 'message' | 'help' | 'lacks'>;

function say({ message, ...rest }: Problem, { annotation, rule, consequence, ingress, report }: AuthorityUser): void {
  const at = annotationRef(ingress, annotation);
  report({ rule, message: `${annotation}: ${message}: ${consequence}`, at, ...rest });
}

/** The Secret `namespace/name` that an annotation names, if its Ingress may use it; otherwise the finding is said. */
export function findAuthoritySecret(name: string, user: AuthorityUser): Secret | undefined {
  const { ingress, tables } = user;
  const reference = name.includes('/') ? parseReference(name, '') : undefined;
  if (reference === undefined) {
    const isName = /^[a-z0-9.-]+$/.test(name);
    const help = isName
      ? `write "${ingress.namespace}/${name}"`
      : `write "${ingress.namespace}/" and the name of the Secret`;
    say({ message: `"${name}" is not "namespace/name"`, help }, user);
    return undefined;
  }
  if (!user.mayUse(reference.namespace)) {
    const message = `${name} is not in the namespace of the Ingress`;
    say({ message, help: `copy the Secret to ${ingress.namespace}` }, user);
    return undefined;
  }
  const key = keyOfObject(reference.namespace, reference.name);
  const secret = tables.secrets.get(key);
  if (secret === undefined) {
    const message = `the Secret ${name} is not in the input`;
    say({ message, help: 'add the Secret to the input', lacks: { kind: 'Secret', key } }, user);
  }
  // What is wrong with one that was refused has been said.
  return secret?.isRefused === true ? undefined : secret;
}

function textOf({ data }: Secret, key: string): string {
  return Buffer.from(data[key] ?? '', 'base64').toString('latin1');
}

/** The blocks under a key of a Secret; what is wrong with them is said where they are. */
function blocksOf(secret: Secret, key: string, bundle: Bundle, user: AuthorityUser): string | undefined {
  if ('content' in bundle) return bundle.content;
  const { annotation, rule, consequence, ingress, report } = user;
  const at: FieldRef = secret.data[key] === undefined ? refOf(secret, 'metadata', 'name') : dataRef(secret, key);
  const message = `the Secret ${secret.namespace}/${secret.name} ${bundle.message}: ${consequence}`;
  const related = [{ message: 'it is used here', at: annotationRef(ingress, annotation) }];
  report({ rule, message, help: bundle.help, at, related });
  return undefined;
}

/** Whether a Secret has certificates of authorities at all. */
export function hasAuthorities({ data }: Secret): boolean {
  return (data[CA] ?? '') !== '';
}

/** The certificates of authorities of a Secret as a file for nginx; undefined, and said, if nginx cannot use them. */
export function authoritiesOf(secret: Secret, user: AuthorityUser): PemFile | undefined {
  const content = blocksOf(secret, CA, readAuthorities(textOf(secret, CA), CA), user);
  if (content === undefined) return undefined;
  const id = fileStem(secret.namespace, secret.name, 'ca');
  return { kind: 'authorities', id, content, from: cameFrom(secret, dataRef(secret, CA)) };
}

/** What the authorities of a Secret have revoked; `none` if it does not say so; undefined, and said, if nobody can read it. */
export function revocationsOf(secret: Secret, user: AuthorityUser): PemFile | 'none' | undefined {
  if ((secret.data[CRL] ?? '') === '') return 'none';
  const content = blocksOf(secret, CRL, readRevocations(textOf(secret, CRL), CRL), user);
  if (content === undefined) return undefined;
  const id = fileStem(secret.namespace, secret.name, 'crl');
  return { kind: 'revocations', id, content, from: cameFrom(secret, dataRef(secret, CRL)) };
}
