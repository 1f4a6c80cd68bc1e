import { shortHash } from '../cluster/object-name.ts';
import type { Protocol } from '../routing/model.ts';
import type { Applied, Policies } from '../routing/policies.ts';
import type { Backend, Variant } from './known-backends.ts';

/** What is asked of an upstream as text, of an object once. */
const ASKED = new WeakMap<Policies<'upstream'>, string>();

function askedText(policies: Policies<'upstream'>): string {
  let text = ASKED.get(policies);
  if (text === undefined) {
    // Where a Service is reached makes another backend of it.
    const { serviceUpstream: _, ...others } = policies;
    const asked = Object.entries<Applied<unknown>>(others).map(([name, { asks }]) => [name, asks]);
    text = asked.length === 0 ? '' : JSON.stringify(asked);
    ASKED.set(policies, text);
  }
  return text;
}

/** The upstream of a backend of which this is asked. */
export function variantOf(backend: Backend, policies: Policies<'upstream'>, protocol: Protocol): Variant {
  const asked = askedText(policies);
  const kind = protocol === 'http' ? asked : `${protocol} ${asked}`;
  if (kind === '') return (backend.plain ??= makeVariant(backend, { asked, protocol, kind }));
  backend.variants ??= new Map();
  let variant = backend.variants.get(kind);
  if (variant === undefined) {
    variant = makeVariant(backend, { asked, protocol, kind });
    backend.variants.set(kind, variant);
  }
  return variant;
}

/** What makes an upstream of its own of a backend; `kind` is both in one text. */
interface Kind {
  readonly asked: string;
  readonly protocol: Protocol;
  readonly kind: string;
}

function makeVariant(backend: Backend, { asked, protocol, kind }: Kind): Variant {
  const { plainName, key } = backend;
  const plain = protocol === 'http' ? plainName : `${plainName}_${protocol}`;
  return {
    backend,
    protocol,
    key: kind === '' ? key : `${key} ${kind}`,
    plainName: asked === '' ? plain : `${plain}_${shortHash(asked)}`,
    upstream: undefined,
    usedBy: 0,
    name: '',
    namedBy: 0,
    answer: undefined,
    look: undefined,
  };
}
