/** The pre-filter. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fitness, groupLiterals, scan } from '../../runner/scan.js';
import { DiskTree } from '../../runner/tree.js';
import { makeFolder } from './world.js';

test('literals are grouped by what they have in common', () => {
  const literals = [
    'tempo_k8s',
    'tempo-k8s',
    'charms.',
    'tempo_coordinator_k8s',
    '12977e9aa0b34367903d8afeb8c3d85d',
  ];
  expect(groupLiterals(literals)).toEqual([
    { common: 'tempo', members: ['tempo_k8s', 'tempo-k8s', 'tempo_coordinator_k8s'] },
    { common: 'charms.', members: ['charms.'] },
    { common: '12977e9aa0b34367903d8afeb8c3d85d', members: ['12977e9aa0b34367903d8afeb8c3d85d'] },
  ]);
});

test('the common part is in every member', () => {
  const literal = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é'), minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(fc.uniqueArray(literal, { maxLength: 8 }), (literals) => {
      const groups = groupLiterals(literals);
      expect(groups.flatMap((group) => group.members).sort()).toEqual([...literals].sort());
      for (const { common, members } of groups) {
        for (const member of members) expect(member).toContain(common);
      }
    }),
    { seed: 7 },
  );
});

test('finds what a plain search finds, in files of all sizes', async () => {
  const filler = 'x'.repeat(300_000);
  const files = {
    a: 'tempo_k8s',
    b: `${filler}tempo-k8s`,
    c: `${filler}tempo_k8s${filler}charms.`,
    d: filler,
    e: '',
    f: 'tempo_ k8s charms',
    'g/é.py': 'é tempo_k8s',
  };
  const top = makeFolder(files);
  const literals = ['tempo_k8s', 'tempo-k8s', 'charms.'];
  const found = await scan(top, Object.keys(files), literals);
  for (const literal of literals) {
    const wanted = Object.entries(files).filter(([, text]) => text.includes(literal));
    expect([...(found.hits.get(literal) ?? [])]).toEqual(wanted.map(([path]) => path));
  }
});

test('an aborted scan throws the reason', async () => {
  const top = makeFolder({ a: '' });
  await expect(scan(top, ['a'], ['x'], AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
});

describe('coding cookies', () => {
  test.each<[string, string | undefined]>([
    ['# -*- coding: utf-8 -*-\n', undefined],
    ['# coding=UTF8\n', undefined],
    ['# vim: set fileencoding=utf_8 :\n', undefined],
    ['\ufeff# coding: utf-8-sig\n', undefined],
    ['# -*- coding: latin-1 -*-\n', 'coding-cookie'],
    ['#!/usr/bin/python\n# coding: cp1252\n', 'coding-cookie'],
    ['\n  # coding: ascii\n', 'coding-cookie'],
    ['#\r# coding: latin-1\r', 'coding-cookie'],
    ['x = 1\n# coding: latin-1\n', undefined],
    ['"""doc"""\n# coding: latin-1\n', undefined],
    ['\n\n# coding: latin-1\n', undefined],
    ['coding = "latin-1"\n', undefined],
  ])('%j', (text, wanted) => {
    expect(fitness('a.py', Buffer.from(text))).toBe(wanted);
    expect(fitness('a.txt', Buffer.from(text))).toBeUndefined();
  });
});

test('the tree: known literals from the scan, others from the bytes, unfit files nowhere', async () => {
  const files = { 'a.py': 'old_name and other', 'b.py': 'other', 'c.py': 'old_name\0 other' };
  const top = makeFolder({ ...files, 'd.py': Buffer.from('old_name other caf\u00e9', 'latin1') });
  const paths = ['a.py', 'b.py', 'c.py', 'd.py'];
  const tree = new DiskTree(top, paths, await scan(top, paths, ['old_name']));
  expect(tree.paths()).toEqual(['a.py', 'b.py']);
  expect(paths.filter((path) => tree.contains(path, 'old_name'))).toEqual(['a.py']);
  expect(paths.filter((path) => tree.contains(path, 'other'))).toEqual(['a.py', 'b.py']);
  expect(tree.read('a.py')).toBe('old_name and other');
  expect(tree.read('c.py')).toBeUndefined();
  expect(tree.read('nowhere')).toBeUndefined();
  expect(tree.unreadable.size).toBe(0);
});
