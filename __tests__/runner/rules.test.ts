import { describe, expect, it } from '@jest/globals';
import { readRules } from '../../runner/rules.js';
import { applyTransforms } from '../../transforms/kit/apply.js';

const RULE = 'id: my-rule\nlanguage: Python\nrule: { pattern: old_call($$$A) }\n';

function apply(yaml: string, source: string, charm?: Record<string, string>) {
  return applyTransforms(source, readRules(yaml, 'r.yml'), {
    path: 'src/charm.py',
    ...(charm ? { charm } : {}),
  });
}

function output(yaml: string, source: string): string | undefined {
  const result = apply(yaml, source);
  return result.status === 'changed' ? result.output : undefined;
}

describe('ast-grep rule files', () => {
  it.each([
    ['fix', `${RULE}fix: new_call($$$A)`, 'old_call(1, b=2)\n', 'new_call(1, b=2)\n'],
    ['fix with a template', `${RULE}fix: { template: new_call() }`, 'x = old_call()\n', 'x = new_call()\n'],
    [
      'constraints',
      'id: r\nlanguage: py\nrule: { pattern: $F($A) }\nconstraints: { F: { regex: ^old$ }, A: { kind: integer } }\nfix: new($A)',
      'old(1)\nold(x)\nother(1)\n',
      'new(1)\nold(x)\nother(1)\n',
    ],
    [
      'utils',
      'id: r\nlanguage: python\nutils: { old: { pattern: old() } }\nrule: { matches: old }\nfix: new()',
      'old()\n',
      'new()\n',
    ],
    [
      'transform',
      'id: r\nlanguage: python\nrule: { pattern: old($A) }\ntransform: { B: { replace: { source: $A, replace: "^a", by: b } } }\nfix: new($B)',
      'old(ax)\n',
      'new(bx)\n',
    ],
    [
      'several documents, in order',
      `${RULE}fix: mid($$$A)\n---\nid: second\nlanguage: python\nrule: { pattern: mid($$$A) }\nfix: new($$$A)\n---\n`,
      'old_call(1)\n',
      'new(1)\n',
    ],
    [
      'any, which names a literal for each',
      'id: r\nlanguage: python\nrule: { any: [{ pattern: old_one() }, { pattern: old_two() }] }\nfix: new()',
      'old_one()\nold_two()\n',
      'new()\nnew()\n',
    ],
    [
      'a rule that shows no literal',
      'id: r\nlanguage: python\nrule: { kind: "none" }\nfix: "0"',
      'x = None',
      'x = 0',
    ],
  ])('%s', (_, yaml, input, expected) => {
    expect(output(yaml, input)).toBe(expected);
  });

  it('reads literals off the rule, so that other files are not parsed', () => {
    const literals = (rule: string) => readRules(`id: r\nlanguage: python\nrule: ${rule}`, 'r')[0]?.literals;
    expect(literals('{ pattern: "from charms.old_lib import $$$NAMES" }')).toEqual(['old_lib']);
    expect(literals('{ all: [{ kind: call }, { has: { pattern: some_name, stopBy: end } }] }')).toEqual([
      'some_name',
    ]);
    expect(literals('{ any: [{ pattern: one_a() }, { kind: call }] }')).toEqual(['']);
    expect(literals('{ pattern: { context: "@some_name\\ndef f(): ...", selector: decorator } }')).toEqual([
      '',
    ]);
  });

  it('reports what a rule without fix matches', () => {
    const yaml = `${RULE}severity: error\nmessage: old_call is gone\nnote: Call new_call.\nurl: https://example.com/x`;
    expect(apply(yaml, 'x = 1\nold_call()\n')).toMatchObject({
      status: 'unchanged',
      findings: [
        {
          id: 'my-rule/match',
          severity: 'error',
          message: 'old_call is gone',
          help: 'Call new_call.',
          docs: 'https://example.com/x#match',
          range: { start: 6, end: 16 },
        },
      ],
    });
  });

  it('keeps to files and ignores', () => {
    const fix = `${RULE}fix: new_call($$$A)\n`;
    expect(output(`${fix}files: ["lib/**"]`, 'old_call()\n')).toBeUndefined();
    expect(output(`${fix}ignores: ["src/**"]`, 'old_call()\n')).toBeUndefined();
    expect(output(`${fix}files: ["src/*.py"]`, 'old_call()\n')).toBe('new_call()\n');
  });

  it('leaves a match with a comment that the template would drop', () => {
    expect(apply(`${RULE}fix: new_call()`, 'old_call(\n    1,  # why\n)\n')).toMatchObject({
      status: 'unchanged',
      findings: [{ id: 'my-rule/comment' }],
    });
  });

  it.each([
    ['rewriters: []', "r.yml, rule 'my-rule': the field 'rewriters' is not supported"],
    ['labels: {}', "the field 'labels' is not supported"],
    ['constraint: {}', "unknown field 'constraint'; did you mean 'constraints'?"],
    ['fix: { template: x, expandEnd: { regex: "," } }', "the field 'fix.expandEnd' is not supported"],
    ['fix: [a, b]', "the field 'fix' must be one template"],
    ['fix: { }', "the field 'fix.template' must be a string"],
    ['severity: "off"', "the field 'severity' is 'off'"],
    ['severity: fatal', "unknown severity 'fatal'"],
    ['message: [x]', "the field 'message' must be a string"],
    ['files: [{ glob: "*.py" }]', "the field 'files' must be a list of globs as strings"],
    ['constraints: { A: { kind: no_such_kind } }', "rule 'my-rule':"],
    ['fix: $B()\ntransform: { B: { nope: {} } }', "rule 'my-rule':"],
  ])('names the field: %s', (line, message) => {
    expect(() => readRules(RULE + line, 'r.yml')).toThrow(message);
  });

  it.each([
    ['', 'r.yml: is empty'],
    ['---\n---\n', 'r.yml: is empty'],
    ['- a', 'r.yml, document 1: is no rule'],
    ['id: [', 'r.yml:1:6: '],
    [`${RULE}---\nlanguage: python\nrule: {}`, "r.yml, document 2: the field 'id' is missing"],
    [
      'id: Bad_Id\nlanguage: python\nrule: { pattern: x }',
      "rule 'Bad_Id': transform 'Bad_Id': the id must be kebab-case",
    ],
    [
      'id: r\nlanguage: TypeScript\nrule: { pattern: x }',
      "language 'TypeScript' is not supported; only Python is",
    ],
    ['id: r\nrule: { pattern: x }', "the field 'language' is missing"],
    ['id: r\nlanguage: python', "the field 'rule' is missing"],
    ['id: r\nlanguage: python\nrule: { patern: x }', 'patern'],
    [
      'id: r\nlanguage: python\nrule: { pattern: "def $F(" }',
      "the pattern at 'rule.pattern' is not Python on its own",
    ],
    [
      'id: r\nlanguage: python\nrule: { pattern: { context: "def (", selector: call } }',
      "the pattern at 'rule.pattern.context' is not Python",
    ],
  ])('explains what is wrong with %j', (yaml, message) => {
    expect(() => readRules(yaml, 'r.yml')).toThrow(message);
  });
});
