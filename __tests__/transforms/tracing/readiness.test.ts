import { expect, it } from '@jest/globals';
import { must } from '../../../transforms/kit/must.js';
import { PythonFile } from '../../../transforms/kit/python/file.js';
import { isGuarded, spelling } from '../../../transforms/tracing/readiness.js';

const inMethod = (body: string, more = '') =>
  `class A:\n${more.replace(/^(?=.)/gm, '    ')}    def f(self, rel):\n${body.replace(/^(?=.)/gm, '        ')}\n`;

// Whether `use` is only reached when `self.t` is ready for `rel`.
it.each<[string, string, boolean]>([
  ['not at all', inMethod('use'), false],
  ['if', inMethod('if self.t.is_ready(rel):\n    use'), true],
  ['elif', inMethod('if a:\n    pass\nelif self.t.is_ready(rel):\n    use'), true],
  ['while', inMethod('while self.t.is_ready(rel):\n    use'), true],
  ['the condition itself', inMethod('if self.t.is_ready(rel) and use: pass'), true],
  ['else', inMethod('if not self.t.is_ready(rel):\n    pass\nelse:\n    use'), true],
  [
    'else behind an elif',
    inMethod('if a:\n    pass\nelif not self.t.is_ready(rel):\n    pass\nelse:\n    use'),
    true,
  ],
  ['the wrong branch', inMethod('if self.t.is_ready(rel):\n    pass\nelse:\n    use'), false],
  ['another relation', inMethod('if self.t.is_ready(other):\n    use'), false],
  ['no relation', inMethod('if self.t.is_ready():\n    use'), false],
  ['another requirer', inMethod('if self.u.is_ready(rel):\n    use'), false],
  ['a keyword', inMethod('if self.t.is_ready(relation=rel):\n    use'), true],
  ['a generator', inMethod('if self.t.is_ready(rel for rel in rels):\n    use'), false],
  ['another method', inMethod('if self.t.is_on(rel):\n    use'), false],
  ['a function', inMethod('if is_ready(rel):\n    use'), false],
  ['in parentheses', inMethod('if (self.t.is_ready(rel)):\n    use'), true],
  ['ternary', inMethod('x = use if self.t.is_ready(rel) else None'), true],
  ['ternary, the other side', inMethod('x = None if not self.t.is_ready(rel) else use'), true],
  ['ternary, the wrong side', inMethod('x = None if self.t.is_ready(rel) else use'), false],
  ['and', inMethod('return self.t.is_ready(rel) and use'), true],
  ['or not', inMethod('return not self.t.is_ready(rel) or use'), true],
  ['or', inMethod('return self.t.is_ready(rel) or use'), false],
  ['both of and', inMethod('if a and self.t.is_ready(rel):\n    use'), true],
  ['one of or', inMethod('if a or self.t.is_ready(rel):\n    use'), false],
  ['not one of or', inMethod('if a or not self.t.is_ready(rel):\n    return\nuse'), true],
  ['early return', inMethod('if not self.t.is_ready(rel):\n    return\nuse'), true],
  ['early raise', inMethod('if not self.t.is_ready(rel):\n    log()\n    raise E\nuse'), true],
  ['no early return', inMethod('if not self.t.is_ready(rel):\n    log()\nuse'), false],
  ['early return with a comment', inMethod('if not self.t.is_ready(rel):\n    return  # c\nuse'), true],
  [
    'early return with an else',
    inMethod('if not self.t.is_ready(rel):\n    return\nelse:\n    a\nuse'),
    false,
  ],
  ['the other early return', inMethod('if self.t.is_ready(rel):\n    return\nuse'), false],
  ['assert', inMethod('assert self.t.is_ready(rel)\nuse'), true],
  ['assert later', inMethod('use\nassert self.t.is_ready(rel)'), false],
  ['flag', inMethod('ready = self.t.is_ready(rel)\nif ready:\n    use'), true],
  ['flag that is only declared', inMethod('ready: bool\nif ready:\n    use'), false],
  [
    'flag that is assigned twice',
    inMethod('ready = self.t.is_ready(rel)\nready = True\nif ready:\n    use'),
    false,
  ],
  ['walrus', inMethod('if ready := self.t.is_ready(rel):\n    use'), true],
  ['walrus above', inMethod('if (ready := self.t.is_ready(rel)) and a:\n    pass\nif ready:\n    use'), true],
  ['alias', inMethod('t = self.t\nif t.is_ready(rel):\n    use'), true],
  [
    'property',
    inMethod('if self.ok:\n    use', '@property\ndef ok(self):\n    return self.t.is_ready(rel)\n'),
    true,
  ],
  [
    'method',
    inMethod(
      'if self.ok():\n    use',
      'def ok(self):\n    if not self.t.is_ready(rel):\n        return False\n    return True\n',
    ),
    true,
  ],
  [
    'method that is not called',
    inMethod('if self.ok:\n    use', 'def ok(self):\n    return self.t.is_ready(rel)\n'),
    false,
  ],
  [
    'method that returns nothing',
    inMethod('if self.ok():\n    use', 'def ok(self):\n    self.t.is_ready(rel)\n'),
    false,
  ],
  [
    'method with another way out',
    inMethod(
      'if self.ok():\n    use',
      'def ok(self):\n    if a:\n        return True\n    return self.t.is_ready(rel)\n',
    ),
    false,
  ],
  [
    'a property of itself',
    inMethod('if self.ok:\n    use', '@property\ndef ok(self):\n    return self.ok\n'),
    false,
  ],
  [
    'a method of what a call gives',
    inMethod('if self.get().ok():\n    use', 'def ok(self):\n    return self.t.is_ready(rel)\n'),
    false,
  ],
  ['a method outside a class', 'if self.ok():\n    use\n', false],
  ['in a lambda', inMethod('if self.t.is_ready(rel):\n    x = lambda: use'), false],
  ['in a function inside', inMethod('if self.t.is_ready(rel):\n    def g():\n        use'), false],
  ['in a loop inside', inMethod('if self.t.is_ready(rel):\n    for a in b:\n        use'), true],
])('%s', (_, source, expected) => {
  const file = new PythonFile('a.py', source);
  const use = must(file.find({ rule: { kind: 'identifier', regex: '^use$' } })[0], 'use');
  expect(isGuarded(use, { file, object: 'self.t', relation: 'rel' })).toBe(expected);
});

it('an alias is spelled as what it stands for, if that is a name', () => {
  const file = new PythonFile('a.py', 'def f():\n    t = self.t\n    u = make()\n    use(t, u, self.v)\n');
  const args = must(file.find({ rule: { kind: 'argument_list', has: { regex: 'self' } } })[0], 'use');
  expect(args.namedChildren().map((node) => spelling(file, node))).toEqual(['self.t', 'u', 'self.v']);
});
