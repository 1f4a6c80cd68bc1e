import type { Located } from '../diagnostics/located.ts';
import { fold } from '../report/fold.ts';
import { foldedText } from '../report/folded.ts';
import type { LintReport } from '../report/lint-report.ts';
import { prettyText } from '../report/pretty.ts';
import type { Look } from '../report/pretty.ts';
import { countRules } from '../report/rule-counts.ts';
import type { LintFormat } from './format-flags.ts';

/** A format, or what GitHub Actions shows where none is asked for: a log for people, then its commands. */
export type ShownFormat = LintFormat | 'folded' | 'actions';

/** The findings of a lint in a format. Each is loaded when it is asked for. */
export async function lintTextOf(format: ShownFormat, report: LintReport, look: Look): Promise<string> {
  switch (format) {
    case 'pretty':
      return withGap(prettyText(report.findings, look));
    case 'folded':
      return withGap(foldLocated(report.findings, look));
    case 'actions': {
      const { githubText } = await import('../report/github.ts');
      return withGap(foldLocated(report.findings, look)) + githubText(report);
    }
    case 'compact': {
      const { compactText } = await import('../report/compact.ts');
      return compactText(report.findings);
    }
    case 'json': {
      const { lintJson } = await import('../report/json.ts');
      return lintJson(report);
    }
    case 'sarif': {
      const { sarifText } = await import('../report/sarif.ts');
      return sarifText(report);
    }
    case 'junit': {
      const { junitText } = await import('../report/junit.ts');
      return junitText(report);
    }
    case 'github': {
      const { githubText } = await import('../report/github.ts');
      return githubText(report);
    }
    case 'gitlab': {
      const { gitlabText } = await import('../report/gitlab.ts');
      return gitlabText(report);
    }
    case 'checkstyle': {
      const { checkstyleText } = await import('../report/checkstyle.ts');
      return checkstyleText(report);
    }
    case 'markdown': {
      const { findingsMarkdown } = await import('../report/findings-markdown.ts');
      return findingsMarkdown(report);
    }
  }
}

/** The summary follows. */
export function withGap(text: string): string {
  return text === '' ? '' : `${text}\n`;
}

function foldLocated(findings: readonly Located[], look: Look): string {
  return foldedText({ ...fold(findings), counts: countRules(findings) }, look);
}
