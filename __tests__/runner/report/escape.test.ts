import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  codeLine,
  codeSpan,
  commandData,
  commandProperty,
  fence,
  html,
  jsonInHtml,
  markdown,
  markdownMessage,
  oneLine,
  plain,
  safeLink,
} from '../../../runner/report/escape.js';

describe('escape', () => {
  it.each([
    ['an escape sequence', '\u001b[31m', '\\x1b[31m'],
    ['a C1 control', '\u009b31m', '\\x9b31m'],
    ['a bidi override', 'a\u202eb', 'a\\u202eb'],
    ['an invisible character', 'a\u200bb\ufeff', 'a\\u200bb\\ufeff'],
    ['a tag character', '\u{e0041}', '\\u{e0041}'],
    ['a carriage return', 'a\rb', 'a\\x0db'],
    ['newline and tab stay', 'a\n\tb', 'a\n\tb'],
    ['other scripts stay', 'naïve 漢字 👩‍💻', 'naïve 漢字 👩‍💻'],
  ])('plain: %s', (_, text, shown) => {
    expect(plain(text)).toBe(shown);
  });

  it('oneLine and codeLine hold one line', () => {
    expect(oneLine('a\nb\tc')).toBe('a\\nb\\tc');
    expect(codeLine('\ta\tb')).toBe('    a   b');
  });

  it('workflow commands cannot be ended', () => {
    expect(commandData('100%\r\n::error::x')).toBe('100%25%0D%0A::error::x');
    expect(commandProperty('a,b:c')).toBe('a%2Cb%3Ac');
  });

  it('HTML stays text', () => {
    expect(html(`<b a="'">&`)).toBe('&lt;b a=&quot;&#39;&quot;&gt;&amp;');
    const json = jsonInHtml({ a: '</script><!-- \u2028' });
    expect(json).not.toMatch(/[<>\u2028]/);
    expect(JSON.parse(json)).toEqual({ a: '</script><!-- \u2028' });
  });

  it.each([
    ['x`y', '``x`y``'],
    ['`x', '`` `x ``'],
    ['a\nb', '`a\\nb`'],
    ['', '` `'],
  ])('codeSpan: %j', (text, span) => {
    expect(codeSpan(text)).toBe(span);
  });

  it('no content closes a fence or a code span', () => {
    const text = fc.string({ unit: fc.constantFrom('`', '~', '\n', 'a', ' ') });
    fc.assert(
      fc.property(text, (content) => {
        const lines = fence(content, 'diff').split('\n');
        const ticks = lines.at(-1) ?? '';
        expect(ticks).toMatch(/^`{3,}$/);
        const inside = lines.slice(1, -1);
        expect(inside.some((line) => line.trim().startsWith(ticks))).toBe(false);
      }),
    );
  });

  it('Markdown stays text', () => {
    expect(markdown('[a](javascript:x) <b> @team #12 **x** _y_ a_b')).toBe(
      '\\[a\\](javascript:x) \\<b> @<!-- -->team #<!-- -->12 \\*\\*x\\*\\* \\_y\\_ a_b',
    );
    expect(markdown('# x')).toBe('\\# x');
    expect(markdown('www.x.com https://y')).toBe('www<!-- -->.x.com https:/<!-- -->/y');
    expect(markdown('1. x')).toBe('1\\. x');
    expect(markdownMessage('`self._x` is read_by')).toBe('`self._x` is read_by');
  });

  it('only web links are links', () => {
    expect(safeLink('javascript:alert(1)')).toBeUndefined();
    expect(safeLink('no link')).toBeUndefined();
    expect(safeLink('https://example.com/a b<c>')).toBe('https://example.com/a%20b%3Cc%3E');
  });
});
