import { beforeEach, describe, expect, it, jest } from '@jest/globals';

/** `parsePython` with another parser library, or another ast-grep, than the real ones. */
async function parsePython(mocks: { python?: object; napi?: object }) {
  const napi = {
    kind: () => 0,
    registerDynamicLanguage: () => {},
    parse: () => ({ root: () => 'the tree' }),
    ...mocks.napi,
  };
  const python = { default: mocks.python ?? { libraryPath: import.meta.filename } };
  jest.unstable_mockModule('@ast-grep/napi', () => napi);
  jest.unstable_mockModule('@ast-grep/lang-python', () => python);
  return (await import('../../../transforms/kit/languages.js')).parsePython;
}

beforeEach(() => {
  jest.resetModules();
});

describe('parsePython', () => {
  it('registers once, and parses', async () => {
    const registerDynamicLanguage = jest.fn();
    const parse = await parsePython({ napi: { registerDynamicLanguage } });
    expect([parse('a'), parse('b')]).toEqual(['the tree', 'the tree']);
    expect(registerDynamicLanguage).toHaveBeenCalledTimes(1);
  });

  it('says that there is no parser for the platform', async () => {
    const python = {
      get libraryPath(): string {
        throw new Error('win32 arm64');
      },
    };
    const parse = await parsePython({ python });
    expect(() => parse('a')).toThrow(/no parser for this platform \(Error: win32 arm64\)/);
  });

  it('says that the parser is missing, and registers nothing: that would abort the process', async () => {
    const registerDynamicLanguage = jest.fn();
    const parse = await parsePython({
      python: { libraryPath: '/no/such/parser.so' },
      napi: { registerDynamicLanguage },
    });
    expect(() => parse('a')).toThrow(/parser of @ast-grep\/lang-python is missing: \/no\/such\/parser\.so/);
    expect(registerDynamicLanguage).not.toHaveBeenCalled();
  });

  it('says that something else registered first', async () => {
    const unknown = () => {
      throw new Error('python is not supported in napi');
    };
    const parse = await parsePython({ napi: { parse: unknown } });
    expect(() => parse('a')).toThrow(/only the first call counts\. Import 'tempo-codemods' before it/);
    expect(() => parse('a')).toThrow(/knows no Python in this process/);
  });
});
