/** How messages of kubectl begin, as far as they end where manifests are expected (`> file 2>&1`, a log that is piped). */
const MESSAGE =
  /^(?:error: \S|Error from server[ :(]|Unable to connect to the server: |The connection to the server \S+ was refused|No resources found|[EW]\d{4} \d\d:\d\d:\d\d\.)/;
const NO_CONTENT = /^\s*(?:#.*|---\s*)?$/;
const LONGEST = 16 * 1024;

/** Where what kubectl says of a failure stands instead of manifests. */
export interface KubectlMessage {
  /** The line that says most, as it is written. */
  readonly line: string;
  /** Its offset in the text. */
  readonly start: number;
}

/** Undefined when there is anything else in the text. */
export function kubectlMessageIn(text: string): KubectlMessage | undefined {
  if (text.length > LONGEST) return undefined;
  const found: KubectlMessage[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    if (MESSAGE.test(line)) found.push({ line: line.trimEnd(), start });
    else if (!NO_CONTENT.test(line)) return undefined;
    start += line.length + 1;
  }
  // Lines of its log come first, and say less.
  return found.findLast(({ line }) => !/^[EW]\d/.test(line)) ?? found.at(-1);
}
