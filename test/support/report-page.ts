import { USUAL_LEVELS } from '../../src/findings/levels.ts';
import { loadTexts } from '../../src/jobs/load.ts';
import { pageData } from '../../src/jobs/report-page.ts';
import { reportPage } from '../../src/report/page.ts';
import type { PageData } from '../../src/answers/page-data.ts';
import { SETTINGS } from './compiled.ts';

/** What a page of these manifests holds. */
export function pageDataOf(text: string, name = 'shop.yaml'): PageData {
  const loaded = loadTexts({ sources: [{ name, text }], settings: SETTINGS, levels: USUAL_LEVELS });
  return pageData(loaded, '0.0.0');
}

export function pageOf(text: string, name?: string): string {
  return reportPage(pageDataOf(text, name));
}
