import { visible } from '../diagnostics/visible.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // The two that are no characters of XML 1.0, and that a terminal does not obey either.
  '\ufffe': String.raw`\ufffe`,
  '\uffff': String.raw`\uffff`,
};

/** Text of strangers as XML 1.0 takes it, in an element or an attribute: on one line, with visible escapes. */
export function xmlText(text: string): string {
  return visible(text).replaceAll(/[&<>"'\ufffe\uffff]/g, char => ENTITIES[char] ?? char);
}

/** ` name="value"` for each; those without a value are left out. */
export function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  const written = Object.entries(values).map(([name, value]) =>
    value === undefined ? '' : ` ${name}="${xmlText(String(value))}"`,
  );
  return written.join('');
}

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
