/** Types that authors rely on; checked by `tsc`, so the bodies only have to run. */
import { describe, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import { type ApplyResult, configure, defineConfig, defineTransform } from '../../runner/index.js';

const step = defineTransform({
  id: 'my-step',
  title: 'x',
  safety: 'safe',
  language: 'python',
  literals: ['x'],
  options: {
    strict: { type: 'boolean', default: false, description: 'x' },
    limit: { type: 'number', default: 1, description: 'x' },
    name: { type: 'string', default: 'a', description: 'x' },
  },
  findings: { left: { severity: 'info', title: 'x' } },
  rules: { call: { rule: { kind: 'call' } } },
  plan: () => ({ names: ['a'] }),
  apply(file, plan) {
    expectTypeOf(file.options.strict).toEqualTypeOf<boolean>();
    expectTypeOf(file.options.limit).toEqualTypeOf<number>();
    expectTypeOf(file.options.name).toEqualTypeOf<string>();
    expectTypeOf(file.find).parameter(0).toEqualTypeOf<'call'>();
    expectTypeOf(file.report).parameter(0).toEqualTypeOf<'left'>();
    expectTypeOf(plan).toEqualTypeOf<{ names: string[] } | undefined>();
    // @ts-expect-error: no such rule
    if (file.text === '') file.find('cal');
    // @ts-expect-error: no such reason
    if (file.text === '') file.report('lost', { message: '', help: '' });
  },
});

describe('types', () => {
  it('of rules: kinds of the Python grammar', () => {
    defineTransform({
      id: 'kinds',
      title: 'x',
      safety: 'safe',
      language: 'python',
      literals: ['x'],
      // @ts-expect-error: no such kind
      rules: { call: { rule: { kind: 'cal' }, fix: 'x' } },
    });
  });

  it('of options in a configuration', () => {
    expectTypeOf(step.id).toEqualTypeOf<'my-step'>();
    defineConfig({ transforms: [configure(step, { limit: 2 }), step, 'rename-lib-modules', './rules.yml'] });
    // @ts-expect-error: a number
    configure(step, { limit: 'two' });
    // @ts-expect-error: no such option
    configure(step, { limits: 2 });
    // @ts-expect-error: no such key
    defineConfig({ presets: [] });
  });

  it('of results: a union over the status', () => {
    type Of<S> = Extract<ApplyResult, { status: S }>;
    expectTypeOf<ApplyResult['status']>().toEqualTypeOf<'changed' | 'unchanged' | 'skipped' | 'failed'>();
    expectTypeOf<Of<'changed'>>().toHaveProperty('output');
    expectTypeOf<Of<'unchanged'>>().not.toHaveProperty('output');
    expectTypeOf<Of<'failed'>>().toHaveProperty('reason');
  });
});
