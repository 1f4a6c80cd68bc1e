/** An element as it is written; white space between elements is no text. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** What XML 1.0 takes for a character (section 2.2). */
const CHARACTERS = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const TAG = /<(?<close>\/?)(?<name>[A-Za-z][\w.-]*)(?<attributes>(?:\s+[\w:.-]+="[^"<]*")*)\s*(?<empty>\/?)>/y;

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/** Reads the part of XML that reports use, and throws for whatever is not well-formed. */
export function readXml(source: string): XmlElement {
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!source.startsWith(head)) throw new Error('the XML declaration is missing');
  if (!CHARACTERS.test(source)) throw new Error('a character that XML 1.0 does not have');
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const stack = [root];
  let at = head.length;
  while (at < source.length) {
    const top = stack.at(-1) ?? root;
    if (source[at] !== '<') {
      const end = source.indexOf('<', at);
      const until = end === -1 ? source.length : end;
      top.text += decoded(source.slice(at, until));
      at = until;
      continue;
    }
    TAG.lastIndex = at;
    const groups = TAG.exec(source)?.groups;
    if (groups === undefined) throw new Error(`no tag: ${source.slice(at, at + 80)}`);
    at = TAG.lastIndex;
    if (groups['close'] === '/') close(stack, groups['name'] ?? '');
    else {
      stack.push({
        name: groups['name'] ?? '',
        attributes: attributesOf(groups['attributes'] ?? ''),
        children: [],
        text: '',
      });
      if (groups['empty'] === '/') close(stack, groups['name'] ?? '');
    }
  }
  const [document, ...others] = root.children;
  if (stack.length !== 1 || document === undefined || others.length > 0 || root.text.trim() !== '') {
    throw new Error('a document has one element');
  }
  return document;
}

function close(stack: Open[], name: string): void {
  const closed = stack.pop();
  const parent = stack.at(-1);
  if (closed?.name !== name || parent === undefined) throw new Error(`</${name}> closes <${closed?.name ?? ''}>`);
  parent.children.push({ ...closed, text: closed.text.trim() });
}

function attributesOf(text: string): Readonly<Record<string, string>> {
  const pairs = [...text.matchAll(/([\w:.-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, decoded(value)]);
  const attributes = Object.fromEntries(pairs) as Record<string, string>;
  if (Object.keys(attributes).length !== pairs.length) throw new Error(`an attribute twice: ${text}`);
  return attributes;
}

function decoded(text: string): string {
  return text.replaceAll(/&([^;&]*);?/g, (whole, name: string) => {
    const char = whole.endsWith(';') ? ENTITIES[name] : undefined;
    if (char === undefined) throw new Error(`no entity: ${whole}`);
    return char;
  });
}
