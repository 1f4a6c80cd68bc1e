import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The flags that a golden folder is rendered with: `# flags: --controller-config ingress-nginx/options` in its head. */
export function flagsOf(folder: string): readonly string[] {
  const head = /^(?:#.*\n)*/u.exec(readFileSync(join(folder, 'input.yaml'), 'utf8'))?.[0] ?? '';
  return /^# flags: (.*)$/mu.exec(head)?.[1]?.split(' ') ?? [];
}
