import type { Fix } from '../diagnostics/fix.ts';
import type { SourceText } from '../input/source.ts';
import { cutDocuments } from '../manifests/cut.ts';
import type { Document } from '../manifests/document.ts';
import { Refusal } from '../manifests/events.ts';
import type { Change } from './changes.ts';
import { areApart } from './changes.ts';
import { insertField, moveField } from './insert.ts';
import type { PlacedEdit } from './meaning.ts';
import { nestFields } from './nest.ts';
import { removeField } from './remove.ts';
import type { MeantText } from './in-place.ts';
import { quoteValue, quotedText, renameKey, setValue } from './in-place.ts';
import type { Sheet } from './sheet.ts';
import { sheetOf } from './sheet.ts';
import { Unfixable } from './unfixable.ts';

/** The text of a YAML document: `start` and `end` are its offsets in the source. */
export interface Holder {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}

/** What a fix changes in a text. */
export interface Plan {
  readonly holder: Holder;
  /** Offsets count from the beginning of the source. */
  readonly changes: readonly Change[];
  readonly edits: readonly PlacedEdit[];
}

/** Or why it is not made, as the end of a sentence. */
export type Planned = Plan | { readonly refused: string };

/** The part of a document that says where an object stands. */
type Standing = Pick<Document, 'source' | 'start' | 'end' | 'itemPath'>;

/** What fixes are planned for. */
export interface Texts {
  readonly documents: readonly Document[];
  /** Those of which no object became a document as well; without them, they are not fixed. */
  readonly sources?: readonly SourceText[];
}

/**
 * Plans fixes. Only the last document is kept parsed, so whoever plans many fixes asks for those of one document one
 * after the other.
 */
export function planner({ documents, sources = [] }: Texts, meantText: MeantText): (fix: Fix) => Planned {
  let byId: ReadonlyMap<string, Document> | undefined;
  const sheetIn = lastSheet();
  return fix => {
    byId ??= new Map(documents.map(document => [document.id, document]));
    const [id = '', ...others] = new Set(fix.edits.map(({ at }) => at.document));
    const standing = byId.get(id) ?? standingOf(id, [...sources, ...documents.map(({ source }) => source)]);
    if (standing === undefined || others.length > 0)
      return { refused: 'other texts stand among the manifests of its file' };
    if (standing.source.isFromOutside === true) return { refused: 'a link leads out of the folder to this file' };
    return attempt(() => planIn({ sheet: sheetIn(standing), meantText }, standing, fix));
  };
}

/** Of an object that did not become a document, by the id that it would have. */
function standingOf(id: string, sources: readonly SourceText[]): Standing | undefined {
  const [, name, index = '', steps = ''] = /^(.*)#(\d+)((?:\/[^/]+)*)$/s.exec(id) ?? [];
  const source = sources.find(each => each.name === name);
  const span = source === undefined ? undefined : cutDocuments(source.text)[Number(index)];
  if (source === undefined || span === undefined) return undefined;
  const itemPath = steps
    .split('/')
    .slice(1)
    .map(step => (/^\d+$/.test(step) ? Number(step) : step));
  return { source, ...span, itemPath };
}

function attempt(plan: () => Plan): Planned {
  try {
    return plan();
  } catch (error) {
    if (error instanceof Unfixable) return { refused: error.message };
    if (error instanceof Refusal) return { refused: 'the document cannot be read as a whole' };
    throw error;
  }
}

/** What a text is, and what its fields take. */
interface Paper {
  readonly sheet: Sheet;
  readonly meantText: MeantText;
}

function planIn(paper: Paper, standing: Standing, { edits }: Fix): Plan {
  const { sheet } = paper;
  const { source, start, end, itemPath } = standing;
  const placed = edits.map((edit): PlacedEdit => {
    const path = [...itemPath, ...edit.at.path];
    if (edit.kind === 'move') return { edit, path, to: [...itemPath, ...edit.to] };
    return edit.kind === 'quote' ? { edit, path, text: quotedText(sheet, path, paper.meantText) } : { edit, path };
  });
  const changes: Change[] = [];
  for (const each of placed) {
    for (const change of changesOf(sheet, each)) {
      if (changes.some(other => !areApart(other, change)))
        throw new Unfixable('two parts of it are in each other’s way');
      changes.push(change);
    }
  }
  return {
    holder: { source, start, end },
    changes: changes.map(change => ({ ...change, start: change.start + start, end: change.end + start })),
    edits: placed,
  };
}

function changesOf(sheet: Sheet, { edit, path, to = [], text = '' }: PlacedEdit): readonly Change[] {
  switch (edit.kind) {
    case 'set':
      return setValue(sheet, path, edit);
    case 'quote':
      return quoteValue(sheet, path, text);
    case 'rename':
      return renameKey(sheet, path, edit);
    case 'remove':
      return [removeField(sheet, path)];
    case 'insert':
      return insertField(sheet, path, edit);
    case 'nest':
      return nestFields(sheet, path, edit);
    case 'move':
      return moveField(sheet, path, to, edit);
  }
}

function lastSheet(): (holder: Holder) => Sheet {
  let last: { readonly holder: Holder; readonly sheet: Sheet } | undefined;
  return ({ source, start, end }) => {
    const isSame = last?.holder.source === source && last.holder.start === start && last.holder.end === end;
    if (last === undefined || !isSame) {
      last = { holder: { source, start, end }, sheet: sheetOf(source.text.slice(start, end)) };
    }
    return last.sheet;
  };
}
