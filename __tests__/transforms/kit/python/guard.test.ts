import { describe, expect, it } from '@jest/globals';
import { guardStatement } from '../../../../transforms/kit/python/guard.js';
import { edited } from './edited.js';

function guard(source: string, lineLength?: number): string {
  return edited(
    source,
    (file) => {
      const statement = file.python.find({ rule: { kind: 'expression_statement' } })[0];
      if (statement) guardStatement(file, statement, 'if a:');
    },
    lineLength,
  );
}

describe('guardStatement', () => {
  it('indents one line with its comment', () => {
    expect(guard('if b:\n\tf(1)  # why\n')).toBe('if b:\n\tif a:\n\t\tf(1)  # why\n');
  });

  it('indents several lines, but not the inside of a multi-line string, nor blank lines', () => {
    expect(guard('f(\n    """a\n  b\n""",\n\n    c,\n)\nd = 1\n')).toBe(
      'if a:\n    f(\n        """a\n  b\n""",\n\n        c,\n    )\nd = 1\n',
    );
  });

  it('keeps CRLF', () => {
    expect(guard('f(\r\n    1,\r\n\r\n)\r\n')).toBe('if a:\r\n    f(\r\n        1,\r\n\r\n    )\r\n');
  });

  it('wraps a call that becomes too long', () => {
    expect(guard('function(argument, another)  # c\n', 34)).toBe(
      'if a:\n    function(\n        argument, another\n    )  # c\n',
    );
  });
});
