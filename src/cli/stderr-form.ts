/** How messages of the program itself are written: for people, as an object of JSON, or as a line of the log in JSON. */
export type StderrForm = 'text' | 'json' | 'json-log';

/**
 * The form that a command line asks for, even one that cannot be understood as a whole: whoever reads JSON reads it when
 * the usage is wrong, too. Flags that come later go before.
 */
export function stderrFormOf(words: readonly string[]): StderrForm {
  const flags = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
  if (lastValue(flags, '--log-format') === 'json') return 'json-log';
  return lastValue(flags, '--format') === 'json' ? 'json' : 'text';
}

function lastValue(words: readonly string[], flag: string): string | undefined {
  const values = words.flatMap((word, index) => {
    if (word === flag) return words[index + 1] ?? [];
    return word.startsWith(`${flag}=`) ? word.slice(flag.length + 1) : [];
  });
  // `--format json=out.json` is about a file.
  return values.findLast(value => !value.includes('='));
}
