/** What nginx complained of, in one line. */
export function whatNginxSaid(stderr: string): string {
  const lines = stderr.split('\n').filter(line => /\[(?:emerg|alert|crit|error)\]/.test(line));
  const said = (lines.length > 0 ? lines : [stderr]).map(line =>
    line.replace(/^(?:nginx: |.*?)\[\w+\] (?:\d+#\d+: )?/, '').trim(),
  );
  return `nginx says: ${[...new Set(said)].join('; ')}`;
}
