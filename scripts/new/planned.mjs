// @ts-check

/** An entry of src/annotations/planned.ts. */
const ENTRY = /^ {2}'?(?<name>[\w-]+)'?: \{(?<body>.*?)\},?\n(?= {2}\S|\};)/gms;
const BEGIN = 'export const plannedAnnotations';

/** @typedef {{ readonly name: string, readonly summary: string, readonly isGuard: boolean }} Planned */

/** The object literal of the planned annotations within its file, from its first entry to the end of its last. */
function spanOf(/** @type {string} */ text) {
  const start = text.indexOf('{\n', text.indexOf(BEGIN)) + 2;
  return { start, end: text.indexOf('\n};\n', start) + 1 };
}

/**
 * What is planned, as the file says it.
 * @returns {readonly Planned[]}
 */
export function plannedIn(/** @type {string} */ text) {
  const { start, end } = spanOf(text);
  return [...text.slice(start, end + 3).matchAll(ENTRY)].map(({ groups }) => {
    const { name = '', body = '' } = groups ?? {};
    const summary = /summary:\s*(?<quote>['"])(?<words>.*?)\k<quote>/s.exec(body)?.groups?.['words'] ?? '';
    return { name, summary, isGuard: body.includes("meanwhile: 'closed'") };
  });
}

/** The file without these annotations. */
export function withoutPlanned(/** @type {string} */ text, /** @type {readonly string[]} */ names) {
  const { start, end } = spanOf(text);
  const left = text.slice(start, end + 3).replaceAll(ENTRY, (entry, name) => (names.includes(name) ? '' : entry));
  return text.slice(0, start) + left + text.slice(end + 3);
}
