import type { HttpRenderer } from '../parts.ts';

/** The sizes stand where all that is in the tables is known. */
export const renderHashTables: HttpRenderer<'hashTables'> = tables => ({ tables });
