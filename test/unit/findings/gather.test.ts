import { describe, expect, test } from 'vitest';

import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import { gatherNotes } from '../../../src/findings/gather.ts';
import { unrenderedTemplate } from '../../../src/manifests/rules/repository.ts';
import { encryptedSecret } from '../../../src/resources/rules/data.ts';
import { unfilledPlaceholder } from '../../../src/resources/rules/placeholders.ts';
import { growthOfWork, MOST_GROWTH } from '../../support/growth.ts';

const at = (file: string) => ({ file, line: 1, column: 1 });
const template = (file: string, help = 'render it'): Diagnostic => ({
  rule: unrenderedTemplate,
  severity: 'info',
  message: 'this file is a template that has not been rendered ("{{ a }}"): it is not checked',
  help,
  at: at(file),
});

describe('notes of one kind', () => {
  test('stand at the first place, with the others beside it', () => {
    expect(gatherNotes([template('a.yaml'), template('b.yaml')])).toEqual([
      {
        ...template('a.yaml'),
        message: '2 files are templates that have not been rendered, and are not checked; the first: "{{ a }}"',
        related: [{ message: 'the same here', at: at('b.yaml') }],
      },
    ]);
  });

  test('say files and objects', () => {
    const placeholder = (document: string): Diagnostic => ({
      rule: unfilledPlaceholder,
      severity: 'info',
      message: 'a placeholder is not filled in: "${HOST}"',
      at: { document, path: [] },
    });
    const [gathered] = gatherNotes([placeholder('a.yaml#0'), placeholder('a.yaml#9')]);
    expect(gathered?.message).toBe(
      '2 objects in 1 file are not checked, since placeholders in them are not filled in; the first: "${HOST}"',
    );
  });

  test.each([
    { name: 'are left as they are where there is one', found: [template('a.yaml')] },
    { name: 'are two where the advice is another', found: [template('a.yaml'), template('b.yaml', 'fill it in')] },
    {
      name: 'are no errors',
      found: [1, 2].map(line => ({
        rule: unfilledPlaceholder,
        severity: 'error' as const,
        message: 'x',
        at: { file: 'a', line, column: 1 },
      })),
    },
  ])('$name', ({ found }) => {
    expect(gatherNotes(found)).toEqual(found);
  });

  test('of Secrets stand before they have their severity', () => {
    const secret = (file: string): Diagnostic => ({
      rule: encryptedSecret,
      severity: 'error',
      message: 'x',
      at: at(file),
    });
    const [gathered] = gatherNotes([secret('a.yaml'), secret('b.yaml')]);
    expect(gathered?.message).toBe('2 Secrets in 2 files are encrypted with SOPS: what they hold is not checked');
  });
});

test('notes are gathered in a time that grows as they do', () => {
  const gathered = (files: string) => gatherNotes(files.split(' ').map(file => template(file)));
  expect(gathered('a b c')).toHaveLength(1);
  const files = (count: number) => Array.from({ length: count }, (_, index) => `${index}.yaml`).join(' ');
  expect(growthOfWork(files, 5_000, gathered)).toBeLessThan(MOST_GROWTH);
});
