import type { Places } from './lines.ts';

/** Helm writes it at the top; with millions of lines before it, the expression would need more than its stack. */
const HELM_SOURCE =
  /(?:---[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n))?(?:[ \t]*(?:#(?! Source: )[^\r\n]*)?(?:\r\n?|\n)){0,1000}# Source: ([^\r\n]+)/y;

/** The template of a chart that Helm says a document is from: `web/templates/ingress.yaml`. */
export function helmSourceOf(text: string, start: number): string | undefined {
  HELM_SOURCE.lastIndex = start;
  return HELM_SOURCE.exec(text)?.[1]?.trim();
}

/** Names the template with places in what Helm made of it. */
export function withTemplates(toOrigin: Places): Places {
  return (source, span) => {
    const origin = toOrigin(source, span);
    const document = source.text.lastIndexOf('\n---', span.start) + 1;
    const template = helmSourceOf(source.text, document);
    return template === undefined ? origin : { ...origin, template };
  };
}
