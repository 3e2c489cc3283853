import { describe, expect, it } from '@jest/globals';
import { applyTransforms } from '../../../transforms/kit/apply.js';
import { defineTransform } from '../../../transforms/kit/transform.js';

const rename = defineTransform({
  id: 'old-to-new',
  title: 'Call new() instead of old()',
  safety: 'safe',
  language: 'python',
  literals: ['old'],
  rules: { call: { rule: { pattern: 'old($$$ARGS)' }, fix: 'new($$$ARGS)' } },
});

describe('applyTransforms', () => {
  it('applies a rule with a fix template to a fixed point', () => {
    const result = applyTransforms('\n\nx = old(old(1), 2)\n', [rename], { path: 'a.py' });
    expect(result).toMatchObject({ status: 'changed', output: '\n\nx = new(new(1), 2)\n' });
  });

  it('leaves a match alone when a comment would be lost', () => {
    const result = applyTransforms('x = old(1  # why\n)\n', [rename], { path: 'a.py' });
    expect(result).toMatchObject({
      status: 'unchanged',
      findings: [
        {
          id: 'old-to-new/comment',
          help: 'Move the comment out of the statement and run again, or make the change by hand.',
        },
      ],
    });
  });

  it('indents the lines of a fix as the match is, with its end of line', () => {
    const lines = defineTransform({
      id: 'two-lines',
      title: 'Two lines for one',
      safety: 'safe',
      language: 'python',
      literals: ['old'],
      rules: { call: { rule: { pattern: 'old($A)' }, fix: 'first()\nnew($A)' } },
    });
    const result = applyTransforms('if x:\r\n\told(1)\r\n', [lines], { path: 'a.py' });
    expect(result).toMatchObject({ output: 'if x:\r\n\tfirst()\r\n\tnew(1)\r\n' });
  });

  it('never edits a statement with a syntax error', () => {
    const result = applyTransforms('if old(0) = = 3:\n  pass\ny = old(2)\n', [rename], { path: 'a.py' });
    expect(result).toMatchObject({ status: 'changed', output: 'if old(0) = = 3:\n  pass\ny = new(2)\n' });
    expect(result.status === 'changed' && result.findings.map((one) => one.id)).toContain('verify/syntax');
  });
});
