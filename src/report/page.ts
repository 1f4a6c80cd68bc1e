import { after, before } from '../../generated/report-page.js';
import type { PageData } from '../answers/page-data.ts';
import { visibleInJson } from '../diagnostics/visible.ts';
import { packed } from '../json/packed.ts';

/** Signs that HTML may obey, and ends of lines that old scripts do: in JSON they may be written as escapes. */
const SIGNS = /[<>&\u2028\u2029]/g;

/** Whether a file begins as a page that `reportPage` made, of whichever version. */
export function isReportPage(beginning: string): boolean {
  return (
    beginning.startsWith('<!doctype html>') && beginning.includes('<meta name="generator" content="ingress2nginx">')
  );
}

/** One page that needs nothing else, neither files nor a network. Equal data gives equal bytes. */
export function reportPage(data: PageData): string {
  const json = visibleInJson(JSON.stringify(packed(data)));
  const safe = json.replaceAll(SIGNS, sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `${before}${safe}${after}`;
}
