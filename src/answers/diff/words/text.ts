import { listed } from '../../../diagnostics/words.ts';
import type { Destination } from '../../../routing/model.ts';
import type { TextPart } from '../../../routing/variable-text.ts';

const MOST = 8;

/** A list in words, of which the end is only counted if it is long. */
export function shortList(texts: readonly string[]): string {
  return listed(texts, MOST);
}

/** A text with variables, as people write it. */
export function withVariables(parts: readonly TextPart[]): string {
  return parts
    .map(part => ('text' in part ? part.text : `$${'variable' in part ? part.variable : part.ofController}`))
    .join('');
}

/** A Secret by the id of its file: neither a namespace nor a name has a `_`, and what follows another one is how it is read. */
export function secretWords(id: string): string {
  const [namespace = '', name] = id.split('_');
  return name === undefined ? id : `${namespace}/${name}`;
}

export function onOff(isOn: boolean): string {
  return isOn ? 'on' : 'off';
}

/** `:8080`, where an upstream for a URL has another port than is usual. Its name ends in its port. */
export function unusualPort(to: Destination | { readonly kind: 'self' } | undefined, isTls: boolean): string {
  const port = to?.kind === 'upstream' ? /_(\d+)$/.exec(to.name)?.[1] : undefined;
  return port === undefined || port === (isTls ? '443' : '80') ? '' : `:${port}`;
}
