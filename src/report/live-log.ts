import { readable } from '../diagnostics/visible.ts';
import type { LogEntry, LogLevel } from './live-text.ts';
import { logText } from './live-text.ts';
import type { Located } from '../diagnostics/located.ts';
import { visibleJsonLine } from './plain-text.ts';

const WORDS: Readonly<Record<LogLevel, string>> = { debug: 'DEBUG', info: 'INFO ', warning: 'WARN ', error: 'ERROR' };

/**
 * One line, with its line end: `2026-11-25T13:40:01.123Z INFO  synced …`
 *
 * @param at milliseconds since 1970
 */
export function logLine(entry: LogEntry, at: number): string {
  const { level, text } = logText(entry);
  return `${new Date(at).toISOString()} ${WORDS[level]} ${readable(text)}\n`;
}

/** The same as an object of JSON on one line: time, level, event, message, and what the event holds. */
export function logJson(entry: LogEntry, at: number): string {
  const { level, text } = logText(entry);
  const head = { time: new Date(at).toISOString(), level, event: entry.kind, message: text };
  return `${visibleJsonLine({ ...head, ...fieldsOf(entry) })}\n`;
}

/** A burst of a big cluster has thousands. */
const MOST_CAUSES = 20;

function fieldsOf(entry: LogEntry): Readonly<Record<string, unknown>> {
  switch (entry.kind) {
    case 'note':
    case 'fatal':
      return {};
    case 'finding':
    case 'finding-gone':
      return findingFields(entry.finding);
    case 'synced': {
      const { kind: _kind, causes, ...fields } = entry;
      return { ...fields, causes: causes.slice(0, MOST_CAUSES), causesTotal: causes.length };
    }
    case 'input':
    case 'changed':
    case 'nginx':
    case 'leader':
    case 'published':
    case 'forward':
    case 'trouble': {
      const { kind: _kind, ...fields } = entry;
      return fields;
    }
  }
}

/** The names are those of `--format json`. */
function findingFields({ rule, message, help, at }: Located): Readonly<Record<string, unknown>> {
  const place = at === undefined ? {} : { file: at.file, line: at.line, column: at.column };
  const object = at?.object === undefined ? {} : { object: at.object };
  return { message, rule: rule.id, name: rule.name, ...object, ...(help === undefined ? {} : { help }), ...place };
}
