import { describe, expect, it } from '@jest/globals';
import { PythonFile } from '../../../../transforms/kit/python/file.js';
import { outcomesOf } from '../../../../transforms/kit/python/outcomes.js';

/** `conditions -> value` for each outcome of a function with this body. */
function outcomes(lines: string, definition = 'def f(self):'): string[] | undefined {
  const body = lines.replace(/^/gm, '    ');
  const [node] = new PythonFile('a.py', `${definition}\n${body}\n`).find({
    rule: { kind: 'function_definition' },
  });
  if (!node) throw new Error('no function');
  return outcomesOf(node)?.map(({ conditions, value, statement }) => {
    const tests = conditions.map((one) => `${one.negated ? 'not ' : ''}${one.node.text()}`);
    return `${tests.join(', ')} -> ${statement ? (value?.text() ?? 'None') : 'falls through'}`;
  });
}

describe('outcomesOf', () => {
  it.each<[string, string, string[] | undefined]>([
    ['a value', 'return a', [' -> a']],
    ['nothing', 'return', [' -> None']],
    ['None', 'return None', [' -> None']],
    ['in parentheses', 'return (  # c\n    ((a))\n)', [' -> a']],
    ['falls through', 'pass', [' -> falls through']],
    ['docstring and comments', '"""D."""\n# c\nreturn a', [' -> a']],
    ['a string that is no docstring', 'x = 1\n"""D."""\nreturn a', undefined],
    ['guard', 'if a:\n    return b', ['a -> b', 'not a -> falls through']],
    ['guard the other way round', 'if not a:\n    return\nreturn b', ['not a -> None', 'a -> b']],
    ['guard with pass', 'if a:\n    pass\nreturn b', ['a -> b', 'not a -> b']],
    [
      'elif and else',
      'if a:\n    return b\nelif c:\n    return d\nelse:\n    return e',
      ['a -> b', 'not a, c -> d', 'not a, not c -> e'],
    ],
    ['behind a return nothing counts', 'return a\nreturn b', [' -> a']],
    ['not even a call', 'return a\nf()', [' -> a']],
    [
      'and in a test',
      'if a and not b:\n    return c',
      ['a, not b -> c', 'not a -> falls through', 'a, b -> falls through'],
    ],
    ['or in a test', 'if a or b:\n    return c', ['a or b -> c', 'not a or b -> falls through']],
    ['ternary', 'return a if b else None', ['b -> a', 'not b -> None']],
    ['ternary with comments', 'return (\n    a  # c\n    if b  # d\n    else e\n)', ['b -> a', 'not b -> e']],
    [
      'ternary in a ternary',
      'return a if b else c if d else e',
      ['b -> a', 'not b, d -> c', 'not b, not d -> e'],
    ],
    ['and', 'return a and b', ['a -> b', 'not a -> None']],
    ['or None', 'return a or None', [' -> a']],
    ['or something else', 'return a or b', undefined],
    ['local', 'x = a\nreturn x', [' -> a']],
    ['local of a local', 'x = a\ny = (x)\nx = b\nreturn y', [' -> a']],
    ['local in one branch', 'x = a\nif b:\n    x = c\nreturn x', ['b -> c', 'not b -> a']],
    ['walrus', 'if x := a:\n    return x', ['a -> a', 'not a -> falls through']],
    ['walrus of a walrus', 'return (x := (y := a))', [' -> a']],
    [
      'walrus in a call',
      'return x if (x := a).b() else None',
      ['(x := a).b() -> a', 'not (x := a).b() -> None'],
    ],
    ['walrus in the left side of an and', 'return (x := a) and x.b', ['a -> x.b', 'not a -> None']],
    ['assignment to an attribute', 'self.x = a\nreturn b', undefined],
    ['annotation without a value', 'x: int\nreturn a', undefined],
    ['two targets', 'x, y = a\nreturn x', undefined],
    ['call', 'f()\nreturn a', undefined],
    ['loop', 'for a in b:\n    return a', undefined],
    ['try', 'try:\n    return a\nexcept E:\n    return b', undefined],
    ['with', 'with a:\n    return b', undefined],
    ['raise', 'raise a', undefined],
    ['call in one branch', 'if a:\n    f()\nreturn b', undefined],
  ])('%s', (_, lines, expected) => {
    expect(outcomes(lines)).toEqual(expected);
  });

  it('of a coroutine are unknown', () => {
    expect(outcomes('return a', 'async def f(self):')).toBeUndefined();
  });

  it('of a function with too many paths are unknown', () => {
    const fork = (index: number) => `if a${index}:\n    x = ${index}\n`;
    const forks = (count: number) => Array.from({ length: count }, (_, index) => fork(index)).join('');
    expect(outcomes(`${forks(5)}return x`)).toHaveLength(32);
    expect(outcomes(`${forks(6)}return x`)).toBeUndefined();
  });
});
