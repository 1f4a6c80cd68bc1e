// @ts-check
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { compileTemplate } from './compile-template.mjs';

/** What generated code calls. */
const HEAD = `function present(value, name) {
  if (value === undefined || value === null) throw new Error(\`a template has no \${name}\`);
  return value;
}
`;

/** The names of the templates below `folder`, with `/`, sorted. */
async function templateNames(/** @type {string} */ folder) {
  const entries = await readdir(folder, { recursive: true });
  return entries
    .map(entry => entry.replaceAll('\\', '/'))
    .filter(entry => entry.endsWith('.conf'))
    .toSorted();
}

/**
 * Compiles the `.conf` files below `templates/` of the project into `generated/templates.js`: an object from the name of
 * a template to a function from its view to its text.
 */
export async function buildTemplates(/** @type {string} */ root) {
  const folder = join(root, 'templates');
  const names = await templateNames(folder);
  const compiled = await Promise.all(
    names.map(async name => `  ${JSON.stringify(name)}: ${compileTemplate(await readInlined(folder, name))},\n`),
  );
  await mkdir(join(root, 'generated'), { recursive: true });
  const code = `${HEAD}export const templates = {\n${compiled.join('')}};\n`;
  await writeFile(join(root, 'generated', 'templates.js'), code);
  await writeFile(join(root, 'generated', 'templates.d.ts'), typesOf(names));
}

/** Puts the text of `{% include "name" %}` in its place, where it stands alone in its line. */
async function readInlined(/** @type {string} */ folder, /** @type {string} */ name, depth = 0) {
  if (depth > 9) throw new Error(`${name} includes itself`);
  /** @type {string} */
  let text = await readFile(join(folder, name), 'utf8');
  const included = [...text.matchAll(/^\{% include "([^"]+)" %\}\n/gm)];
  for (const [tag, partial = ''] of included) {
    const inlined = await readInlined(folder, partial, depth + 1);
    text = text.replace(tag, () => inlined);
  }
  return text;
}

/** Names as types: one that is misspelt does not compile. */
function typesOf(/** @type {readonly string[]} */ names) {
  return `/** Relative to templates/. */
export type TemplateName =
${names.map(name => `  | ${JSON.stringify(name)}`).join('\n')};
export declare const templates: Readonly<Record<TemplateName, (view: object) => string>>;
`;
}
