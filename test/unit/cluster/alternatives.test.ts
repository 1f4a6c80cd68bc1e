import { describe, expect, test } from 'vitest';

import { alternativeSets } from '../../../src/cluster/alternatives.ts';
import { namedAlternatives } from '../../../src/cluster/folder-names.ts';
import { objectText } from '../../../src/diagnostics/place.ts';
import type { Resource } from '../../../src/resources/model.ts';
import { configMapOf, reported } from '../../support/resources.ts';

/** ConfigMaps by file: `name` or `name=content`. */
type Files = Readonly<Record<string, readonly string[]>>;

const divided = (files: Files) =>
  reported(report =>
    alternativeSets(
      Object.entries(files).flatMap(([file, objects]) =>
        objects.map((text, at) => {
          const [name = '', content = 'same'] = text.split('=');
          const resource: Resource = { ...configMapOf(name, { content }), document: `${file}#${at}` };
          return { resource, file };
        }),
      ),
      report,
    ),
  );

const textOf = (resource: Resource): string =>
  resource.kind === 'ConfigMap' ? `${resource.name}=${resource.data['content']}` : objectText(resource);

describe('what is used together:', () => {
  test.each<{ name: string; files: Files; sets: readonly (readonly string[])[]; notes: number }>([
    {
      name: 'everything, where no object is there twice',
      files: { 'a/x.yaml': ['one'], 'b/x.yaml': ['two'] },
      sets: [['one=same', 'two=same']],
      notes: 0,
    },
    {
      name: 'each of two folders with the same object, and what is common',
      files: { 'all.yaml': ['base'], 'dev/x.yaml': ['web=1', 'extra'], 'prod/x.yaml': ['web=2'] },
      sets: [
        ['base=same', 'web=1', 'extra=same'],
        ['base=same', 'web=2'],
      ],
      notes: 1,
    },
    {
      name: 'equal copies, as one',
      files: { 'a/x.yaml': ['ca', 'one'], 'b/x.yaml': ['ca', 'two'] },
      sets: [['ca=same', 'one=same', 'two=same']],
      notes: 0,
    },
    {
      name: 'the copy that each of two alternatives has of an object',
      files: { 'dev/x.yaml': ['ca', 'web=1'], 'prod/x.yaml': ['ca', 'web=2'] },
      sets: [
        ['ca=same', 'web=1'],
        ['ca=same', 'web=2'],
      ],
      notes: 1,
    },
    {
      name: 'each of two files beside each other',
      files: { 'k8s/a.yaml': ['web=1'], 'k8s/b.yaml': ['web=2'], 'k8s/c.yaml': ['db'] },
      sets: [
        ['db=same', 'web=1'],
        ['db=same', 'web=2'],
      ],
      notes: 1,
    },
    {
      name: 'a file, or the folder beside it',
      files: { 'k8s/web.yaml': ['web=1'], 'k8s/prod/web.yaml': ['web=2'] },
      sets: [['web=2'], ['web=1']],
      notes: 1,
    },
    {
      name: 'the first alternatives of two places, then the second ones',
      files: { 'a/dev/x.yaml': ['a=1'], 'a/prod/x.yaml': ['a=2'], 'b/dev/x.yaml': ['b=1'], 'b/prod/x.yaml': ['b=2'] },
      sets: [
        ['a=1', 'b=1'],
        ['a=2', 'b=2'],
      ],
      notes: 2,
    },
    {
      name: 'folders that are called alternatives, whatever they hold',
      files: { 'examples/a/x.yaml': ['one'], 'examples/b/x.yaml': ['two'] },
      sets: [['one=same'], ['two=same']],
      notes: 0,
    },
    {
      name: 'one chapter of a course, if two of them have the same object',
      files: { '01-a/x.yaml': ['web=1'], '02-b/x.yaml': ['web=2'], '03-c/x.yaml': ['db'] },
      sets: [['web=1'], ['web=2'], ['db=same']],
      notes: 1,
    },
    {
      name: 'both of one file, which is left to whoever reads the set',
      files: { 'x.yaml': ['web=1', 'web=2'] },
      sets: [['web=1', 'web=2']],
      notes: 0,
    },
  ])('$name', ({ files, sets, notes }) => {
    const { result, found } = divided(files);
    expect(result.map(set => set.map(textOf))).toEqual(sets);
    expect(found.map(({ rule }) => rule.name)).toEqual(Array.from({ length: notes }, () => 'alternative-folders'));
  });

  test('whatever the order of the files', () => {
    const files: Files = { 'c.yaml': ['base'], 'prod/x.yaml': ['web=2'], 'dev/x.yaml': ['web=1'] };
    const turned = Object.fromEntries(Object.entries(files).toReversed());
    expect(divided(turned).result).toEqual(divided(files).result);
  });

  test('what is common only once, where it would be too much', () => {
    const common = Array.from({ length: 300 }, (_, at) => `base-${at}`);
    const alternatives = Array.from({ length: 200 }, (_, at) => [`apps/${at}/x.yaml`, [`web=${at}`]] as const);
    const { result } = divided({ 'all.yaml': common, ...Object.fromEntries(alternatives) });
    expect(result.reduce((sum, set) => sum + set.length, 0)).toBe(500);
  });
});

describe('folders that are alternatives by their names:', () => {
  test.each([
    { name: 'environments beside each other', parent: 'k8s', folders: ['base', 'dev', 'prod'], named: ['dev', 'prod'] },
    {
      name: 'environments with a word before them',
      parent: '',
      folders: ['eu-staging', 'eu-production', 'docs'],
      named: ['eu-staging', 'eu-production'],
    },
    { name: 'no environment alone', parent: 'k8s', folders: ['base', 'prod'], named: [] },
    { name: 'all of overlays', parent: 'k8s/overlays', folders: ['blue', 'green'], named: ['blue', 'green'] },
    { name: 'chapters of a course', parent: '', folders: ['lab1', 'lab-2', 'assets'], named: ['lab1', 'lab-2'] },
    { name: 'no steps that are used one after the other', parent: 'k8s', folders: ['01-base', '02-apps'], named: [] },
  ])('$name', ({ parent, folders, named }) => {
    expect(namedAlternatives(parent, folders)).toEqual(named);
  });
});
