import { visibleJson } from './plain-text.ts';
import type { PlacedMigration } from './migrate-words.ts';

/** For programs: docs/schemas/migrate.json describes it. */
export function migrateJson(migration: PlacedMigration): string {
  return `${visibleJson({ formatVersion: 1, ...migration })}\n`;
}
