import type { HttpRenderer } from '../parts.ts';

export const renderFileWriting: HttpRenderer<'fileWriting'> = (_asks, { text }) => ({
  proxy: text('policies/file-writing.http.conf', {}),
});
