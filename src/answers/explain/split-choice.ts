import type { RequestTest, Split, SplitRule } from '../../routing/model.ts';
import { compilePcre } from '../../routing/pcre-match.ts';
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
  /** Rules that did not fit, or whose expression could not be tried. */
  readonly missed: readonly SplitRule[];
}

/** The first rule that fits decides, else chance. */
export function chooseSide(split: Split, at: AtServer): SplitChoice {
  const missed: SplitRule[] = [];
  for (const rule of split.rules) {
    if (fits(rule.when, at)) return { sides: [{ upstream: rule.to, percent: 100 }], rule, missed };
    missed.push(rule);
  }
  return { sides: chances(split), rule: undefined, missed };
}

/** What nginx compares: the first cookie of a name; a header that is missing is empty. */
function fits({ of, name, is }: RequestTest, at: AtServer): boolean {
  const value = sentValue({ of, name }, at) ?? '';
  if (is.kind === 'text') return value === is.text;
  return typeof compilePcre(is.regex, { isCaseless: false }).match(value) === 'object';
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

/** nginx divides in hundredths of a percent, and gives each of the smaller sides one at least. */
const STEPS = 10_000;

/** The largest side gets what the others leave. */
function chances({ shares }: Split): readonly [Side, ...Side[]] {
  const all = shares.reduce((sum, { parts }) => sum + parts, 0);
  const most = shares.reduce((largest, share) => (share.parts > largest.parts ? share : largest));
  const others = shares
    .filter(share => share !== most)
    .map(({ to, parts }) => {
      const steps = Math.min(STEPS - 1, Math.max(1, Math.round((parts / all) * STEPS)));
      return { upstream: to, percent: steps / 100 };
    });
  const taken = others.reduce((sum, { percent }) => sum + Math.round(percent * 100), 0);
  return [{ upstream: most.to, percent: (STEPS - taken) / 100 }, ...others];
}
