// @ts-check
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import nunjucks from 'nunjucks';

/**
 * How templates are read. `autoescape` and `throwOnUndefined` count again at run time: the slim environment that
 * renders them must be made with the same options.
 */
export const TEMPLATE_OPTIONS = { autoescape: false, throwOnUndefined: true, trimBlocks: true, lstripBlocks: true };

/** The names of the templates below `folder`, with `/`, sorted. */
export async function templateNames(/** @type {string} */ folder) {
  const entries = await readdir(folder, { recursive: true });
  return entries
    .map(entry => entry.replaceAll('\\', '/'))
    .filter(entry => entry.endsWith('.conf'))
    .toSorted();
}

/**
 * Compiles the `.conf` files below `templates/` of the project into `generated/templates.js`: an object from the name of a template to
 * what nunjucks' slim runtime executes.
 */
export async function buildTemplates(/** @type {string} */ root) {
  const environment = new nunjucks.Environment([], TEMPLATE_OPTIONS);
  const folder = join(root, 'templates');
  const names = await templateNames(folder);
  const compiled = await Promise.all(
    names.map(async name => {
      const text = await readInlined(folder, name);
      const code = nunjucks.precompileString(text, { name, env: environment, wrapper: bareCode });
      return `  ${JSON.stringify(name)}: (() => {\n${withoutLoop(text, code)}})(),\n`;
    }),
  );
  await mkdir(join(root, 'generated'), { recursive: true });
  await writeFile(join(root, 'generated', 'templates.js'), `export const templates = {\n${compiled.join('')}};\n`);
  await writeFile(join(root, 'generated', 'templates.d.ts'), typesOf(names));
}

/**
 * Puts the text of `{% include "name" %}` in its place, where it stands alone in its line: an include at run time costs
 * twice as much as the text itself.
 */
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

/** Leaves out what `loop` would know in each round of a `for`: setting it costs some hundredths of a render. */
function withoutLoop(/** @type {string} */ text, /** @type {string} */ code) {
  if (/\bloop\b/.test(text)) throw new Error('templates have no loop: see withoutLoop');
  return code.replaceAll(/^frame\.set\("loop\.[^\n]*\n/gm, '');
}

/** Replaces nunjucks' own wrapper, which wants a global variable. Its types say one template; it gives a list. */
function bareCode(/** @type {{ name: string, template: string }} */ compiled) {
  return [compiled]
    .flat()
    .map(({ template }) => template)
    .join('');
}

/** Names as types: one that is misspelt does not compile. */
function typesOf(/** @type {readonly string[]} */ names) {
  return `/** A template as nunjucks' slim runtime takes it; opaque to us. */
export type PrecompiledTemplate = { readonly root: (...args: never[]) => unknown };
/** Relative to templates/. */
export type TemplateName =
${names.map(name => `  | ${JSON.stringify(name)}`).join('\n')};
export declare const templates: Readonly<Record<TemplateName, PrecompiledTemplate>>;
`;
}
