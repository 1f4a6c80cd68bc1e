import type { Report } from '../diagnostics/diagnostic.ts';
import type { FieldRef } from '../diagnostics/place.ts';
import { bytesOf, sizeText } from '../options/size.ts';
import type { Buffering } from '../routing/policies/buffering.ts';
import { buffersThatDoNotFit } from './rules/buffering.ts';

/** The place of an annotation or an option of the family, undefined where nobody wrote it. */
type Written = (name: string) => FieldRef | undefined;

const NOBODY: Report = () => undefined;

/**
 * The nearest that nginx takes. What is busy must be at least one buffer and leave one free, and a file has room for one.
 * In the controller, nginx refuses the configuration as a whole, so that no change takes effect any more.
 * Source: nginx 1.22, src/http/modules/ngx_http_proxy_module.c, ngx_http_proxy_merge_loc_conf.
 */
export function fitTogether(asked: Buffering, written: Written, report: Report = NOBODY): Buffering {
  return { ...asked, busySize: fittingBusy(asked, written, report), fileSize: fittingFile(asked, written, report) };
}

function fittingBusy({ buffers, busySize }: Buffering, written: Written, report: Report): string | undefined {
  const { count, size } = buffers;
  const least = bytesOf(size);
  const most = (count - 1) * least;
  const asked = busySize === undefined ? 2 * least : bytesOf(busySize);
  if (asked >= least && asked <= most) return busySize;
  const nearest = sizeText(asked < least ? least : most);
  const range = least === most ? `"${nearest}"` : `a size from "${sizeText(least)}" to "${sizeText(most)}"`;
  const name = busySize === undefined ? 'proxy-buffers-number' : 'proxy-busy-buffers-size';
  const at = firstWritten([name, 'proxy-buffer-size', 'proxy-buffers-number'], written);
  const text = busySize ?? `${count}`;
  const message = `${name}: "${text}" does not fit ${count} buffers of "${size}": "${nearest}" may be busy`;
  const help = busySize === undefined ? 'write "3" or more' : `write ${range}, or remove it`;
  report({ rule: buffersThatDoNotFit, message, help, ...(at === undefined ? {} : { at }) });
  return nearest;
}

function fittingFile({ buffers, fileSize }: Buffering, written: Written, report: Report): string {
  const asked = bytesOf(fileSize);
  if (asked === 0 || asked >= bytesOf(buffers.size)) return fileSize;
  const name = 'proxy-max-temp-file-size';
  const at = firstWritten([name, 'proxy-buffer-size'], written);
  const message = `${name}: "${fileSize}" is less than a buffer of "${buffers.size}", which a file has room for`;
  const help = `write "${buffers.size}" or more, or "0" for no file`;
  report({ rule: buffersThatDoNotFit, message, help, ...(at === undefined ? {} : { at }) });
  return buffers.size;
}

function firstWritten(names: readonly string[], written: Written): FieldRef | undefined {
  const name = names.find(each => written(each) !== undefined);
  return name === undefined ? undefined : written(name);
}
