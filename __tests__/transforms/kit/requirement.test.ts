import { describe, expect, it } from '@jest/globals';
import {
  allowsFrom,
  raiseFloor,
  readRequirement,
  requirementText,
} from '../../../transforms/kit/requirement.js';

describe('readRequirement', () => {
  it.each([
    ['ops', 'ops', [], '', ''],
    ['Ops_Scenario~=6.0', 'ops-scenario', [], '~=6.0', ''],
    ['ops[testing, x] >=2,<3 ; extra == "a"', 'ops', ['testing', 'x'], ' >=2,<3', ' ; extra == "a"'],
    ['ops>=2  # why', 'ops', [], '>=2', '  # why'],
    ['ops==2.1 \\', 'ops', [], '==2.1', ' \\'],
    ['ops!=1!2.0, <1!3.*', 'ops', [], '!=1!2.0, <1!3.*', ''],
  ])('reads %s', (text, key, extras, version, rest) => {
    const requirement = readRequirement(text);
    expect(requirement).toMatchObject({ key, extras, version, rest });
  });

  it.each([
    '-r x.txt',
    './here',
    'ops @ git+https://example.com/ops',
    'https://example.com',
    '{[vars]x}',
    'ops==1!!2',
    `${'a!'.repeat(1000)}\u0000`,
    `ops${'==0!0'.repeat(1000)}]`,
    '',
  ])('is no requirement: %s', (text) => {
    expect(readRequirement(text)).toBeUndefined();
  });

  it('extras are sorted, also in a list with spaces', () => {
    const requirement = readRequirement('ops[ z , testing ]>=2');
    expect(requirement?.extras).toEqual(['z', 'testing']);
    expect(requirement && requirementText(requirement, 'tracing', '>=2')).toBe('ops[testing,tracing,z]>=2');
  });

  it('gives its text back with one more extra', () => {
    const requirement = readRequirement('ops[testing] >=2 ; marker');
    expect(requirement && requirementText(requirement, 'tracing', requirement.version)).toBe(
      'ops[testing,tracing] >=2 ; marker',
    );
  });
});

describe('raiseFloor', () => {
  it.each<[string, string | undefined]>([
    ['', '>=2.21'],
    ['*', '>=2.21'],
    ['>=2.10', '>=2.21'],
    [' >= 2.10.1, <3', ' >= 2.21, <3'],
    ['>2.10', '>=2.21'],
    ['>=2.23', '>=2.23'],
    ['>=2.21.0', '>=2.21.0'],
    ['>3', '>3'],
    ['~=2.15', '~=2.21'],
    ['~=2.22.0', '~=2.22.0'],
    ['~=2.15.0', undefined],
    ['~=1.5', undefined],
    ['^2.9', '^2.21'],
    ['^3', '^3'],
    ['^1.5', undefined],
    ['==2.23.1', '==2.23.1'],
    ['==2.*', '==2.*'],
    ['==2.16', undefined],
    ['2.16', undefined],
    ['<3', '>=2.21,<3'],
    ['<2.21', undefined],
    ['<=2.20', undefined],
    ['<=2.21', '>=2.21,<=2.21'],
    ['!=2.22', '>=2.21,!=2.22'],
    ['>=2,oops!', undefined],
  ])('%s → %s', (version, raised) => {
    expect(raiseFloor(version, '2.21')).toBe(raised);
  });

  it('says whether something is allowed', () => {
    expect([allowsFrom('==1.21.0', '1.30'), allowsFrom('>=1.33', '1.30')]).toEqual([false, true]);
  });
});
