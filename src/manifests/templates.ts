/** A text of which another tool makes manifests. */
export interface Template {
  /** What shows it, as it is written. */
  readonly mark: string;
  /** Where that stands. */
  readonly offset: number;
  /** How to have it made into manifests. */
  readonly help: string;
}

interface Form {
  readonly mark: RegExp;
  readonly help: string;
}

const LINT = '| ingress2nginx lint -';

/** The first that is found counts. Without bounds, each of many beginnings would be followed to the end of its line. */
const FORMS: readonly Form[] = [
  {
    mark: /\{\{-?\s*(?:\.|\$|include\b|template\b|toYaml\b|range\b|if\b|with\b|end\b|define\b)[^}\n]*\}?\}?/,
    help: `check what Helm makes of it: helm template NAME PATH ${LINT}`,
  },
  {
    mark: /\{\{[^}\n]{0,500}\}\}|\{%[^%\n]{0,500}%\}|<%[^%\n]{0,500}%>/,
    help: `render it first, and check the result: … ${LINT}`,
  },
  { mark: /\$\{[A-Za-z_][^}\n]{0,500}\}/, help: `fill it in first: envsubst < FILE ${LINT}` },
  {
    mark: /\{[A-Z][A-Z0-9_]{2,}\}|@@?[A-Z][A-Z0-9_]*@@?|%[A-Z][A-Z0-9_]*%|__[A-Z][A-Z0-9_]*?__/,
    help: `fill it in first, and check the result: … ${LINT}`,
  },
  { mark: /#@.*|\(\( *grab [^)\n]{0,500}\)\)/m, help: `render it first, and check the result: … ${LINT}` },
];

/** ytt puts its templates into comments: what is left is YAML, and means something else. */
const YTT = /^[ \t]*#@(?:[ \t]|\/|overlay|schema|data)|[:-][ \t]+#@[ \t]/m;

/** Whether a text that can be parsed is a template all the same. */
export function isTemplateInComments(text: string): boolean {
  return YTT.test(text);
}

/** Longer marks are cut. */
const SHOWN = 60;

/** What shows that a text is a template; undefined where nothing does. */
export function templateIn(text: string): Template | undefined {
  for (const { mark, help } of FORMS) {
    const found = mark.exec(text);
    if (found === null) continue;
    const [whole] = found;
    const offset = found.index + whole.length - whole.trimStart().length;
    return { mark: whole.trim().slice(0, SHOWN), offset, help };
  }
  return undefined;
}
