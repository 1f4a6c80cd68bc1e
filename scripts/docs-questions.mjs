// @ts-check
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = 'fixtures/questions';
const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The questions of fixtures/questions, each with its command and the first lines of the answer. */
export async function questionsPart() {
  const names = (await readdir(join(ROOT, FOLDER))).toSorted();
  const parts = await Promise.all(names.map(questionPart));
  return parts.join('\n\n');
}

async function questionPart(/** @type {string} */ name) {
  const read = (/** @type {string} */ file) => readFile(join(ROOT, FOLDER, name, file), 'utf8');
  const [question, command, answer] = await Promise.all([read('question.md'), read('command'), read('answer.txt')]);
  const [heading = '', text = '', asked = ''] = question.split('\n\n');
  const link = asked.replace(/^Asked in /, '');
  const [first = ''] = answer.split('\n\n');
  const manifests = `[manifests.yaml](../${FOLDER}/${name}/manifests.yaml)`;
  return [
    `## ${heading.replace(/^# /, '')}`,
    `${text} ([asked here](${link}), ${manifests})`,
    `\`\`\`text\n$ ${command.trim()}\n${first.trimEnd()}\n\`\`\``,
  ].join('\n\n');
}
