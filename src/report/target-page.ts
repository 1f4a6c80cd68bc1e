import type { Judgement, Target, TargetNote } from '../answers/migrate/model.ts';
import { SHAPE_NAMES, VERDICTS } from '../answers/migrate/model.ts';
import { many } from '../diagnostics/words.ts';
import { code, markdownTable } from './markdown.ts';
import { SHAPE_WORDS, VERDICT_WORDS } from './migrate-words.ts';

/** A page of documentation with all verdicts on a target. Ends in a newline. */
export function targetPage(target: Target): string {
  const { id, name, product, version, notes, annotations, options, shapes } = target;
  const verdicts = [...annotations.values()].map(({ verdict }) => verdict);
  const counts = VERDICTS.map(verdict => String(verdicts.filter(each => each === verdict).length));
  const shapeRows = SHAPE_NAMES.flatMap(shape => rowsOf(SHAPE_WORDS[shape], shapes.get(shape)));
  const parts = [
    `# From ingress-nginx to ${name}`,
    `${product}. Checked against version ${version}; each verdict links to what it was read from. \`ingress2nginx migrate --to ${id}\` shows those that concern your manifests. A verdict that is wrong or old is mended in [${id}.json](../../src/answers/migrate/targets/${id}.json).`,
    `- *same*: the same behaviour, perhaps under another name\n- *differs*: something like it, with the difference\n- *none*: nothing does it; what to do instead\n- *not checked*: nobody has looked yet`,
    ...(notes.length === 0 ? [] : [`Whatever the manifests ask for:\n\n${notes.map(noteText).join('\n')}`]),
    `## Annotations`,
    `${many(annotations.size, 'annotation')} that ingress-nginx honours:`,
    markdownTable(
      VERDICTS.map(verdict => VERDICT_WORDS[verdict]),
      [counts],
    ),
    tableOf([...annotations].flatMap(([annotation, judgement]) => rowsOf(code(annotation), judgement))),
    `## Options`,
    'The main options of the ConfigMap; others are not checked.',
    tableOf([...options].flatMap(([option, judgement]) => rowsOf(code(option), judgement))),
    `## Besides annotations`,
    tableOf(shapeRows),
  ];
  return `${parts.join('\n\n')}\n`;
}

function noteText({ text, source }: TargetNote): string {
  return `- ${text} ([source](${source}))`;
}

function tableOf(rows: readonly (readonly string[])[]): string {
  return markdownTable(['', 'verdict', 'how'], rows);
}

function rowsOf(name: string, judgement: Judgement | undefined): readonly (readonly string[])[] {
  if (judgement === undefined) return [];
  const { verdict, how, source } = judgement;
  return [[name, `[${VERDICT_WORDS[verdict]}](${source})`, how.replaceAll('*', String.raw`\*`)]];
}
