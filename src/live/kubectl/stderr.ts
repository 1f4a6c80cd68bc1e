/** A line of klog: severity, month and day, time, thread, file and line. */
const KLOG = /^[IWEF]\d{4} \d\d:\d\d:\d\d\.\d+\s+\d+ [^\s\]]+:\d+\] /;

/** What a line of kubectl's stderr says to people; undefined for its log and its warnings. */
export function plainWords(line: string): string | undefined {
  const text = line.trim();
  if (text === '' || KLOG.test(text) || /^warning: /i.test(text)) return undefined;
  return text.replace(/^error: /i, '');
}
