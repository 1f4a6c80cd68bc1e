import { bytesOf } from '../../routing/bytes.ts';
import type { RequestTest, Split, SplitRule } from '../../routing/model.ts';
import { compilePcre } from '../../routing/pcre-match.ts';
import { dividedShares } from '../../routing/split-shares.ts';
import type { AtServer } from './explainer.ts';
import { valueOf } from './variables.ts';

/** An upstream that may take a request, and how probable that is. */
export interface Side {
  readonly upstream: string;
  /** Of 100, as nginx divides. */
  readonly percent: number;
}

/** The sides of a split for one request: by a rule there is one. */
export interface SplitChoice {
  readonly sides: readonly [Side, ...Side[]];
  /** The rule that decided; undefined for chance. */
  readonly rule: SplitRule | undefined;
  /** The rule of which nobody can tell without nginx whether it fits; the sides are those if it does not. */
  readonly unclear: SplitRule | undefined;
  /** Rules that did not fit. */
  readonly missed: readonly SplitRule[];
}

/** The first rule that fits decides, else chance. */
export function chooseSide(split: Split, at: AtServer): SplitChoice {
  const missed: SplitRule[] = [];
  for (const rule of split.rules) {
    const found = fits(rule.when, at);
    if (found === 'unclear') return { sides: chances(split), rule: undefined, unclear: rule, missed };
    if (found) return { sides: [{ upstream: rule.to, percent: 100 }], rule, unclear: undefined, missed };
    missed.push(rule);
  }
  return { sides: chances(split), rule: undefined, unclear: undefined, missed };
}

/** What nginx compares: the first cookie of a name; a header that is missing is empty. */
function fits({ of, name, is }: RequestTest, at: AtServer): boolean | 'unclear' {
  const value = sentValue({ of, name }, at) ?? '';
  if (is.kind === 'text') return value === is.text;
  const found = compilePcre(is.regex, { isCaseless: false }).match(bytesOf(value));
  return found === 'unclear' ? found : found !== undefined;
}

/** What a request has of that which a rule looks at. */
export function sentValue({ of, name }: Pick<RequestTest, 'of' | 'name'>, at: AtServer): string | undefined {
  return of === 'header' ? headerValue(name, at) : cookieValue(name, at);
}

function headerValue(name: string, at: AtServer): string | undefined {
  return valueOf(`http_${name.toLowerCase().replaceAll('-', '_')}`, at);
}

/** nginx has a variable only for a name that could be one; for any other, nginx.conf has an expression. */
function cookieValue(name: string, at: AtServer): string | undefined {
  const plain = name.toLowerCase();
  if (/^\w+$/.test(plain)) return valueOf(`cookie_${plain}`, at);
  const escaped = plain.replaceAll(/[^\w]/g, String.raw`\$&`);
  const pattern = new RegExp(String.raw`(?:^|[;,] *)${escaped} *= *([^;]*)`, 'i');
  return pattern.exec(valueOf('http_cookie', at) ?? '')?.[1];
}

/** The largest side gets what the others leave. */
function chances({ shares }: Split): readonly [Side, ...Side[]] {
  const { rest, others } = dividedShares(shares);
  const sides = others.map(({ to, percent }) => ({ upstream: to, percent }));
  return [{ upstream: rest.to, percent: rest.percent }, ...sides];
}
