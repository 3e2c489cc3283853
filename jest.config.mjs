/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  // Generous: tests wait for child processes, and a busy machine is slow to start one.
  testTimeout: 60_000,
  // Many tests wait for child processes; jest alone would leave one of two cores idle.
  maxWorkers: '100%',
  // Modules and syntax trees of many suites pile up in a worker: a new one takes over.
  workerIdleMemoryLimit: '1GB',
  roots: ['<rootDir>/__tests__'],
  globalSetup: '<rootDir>/__tests__/build.mjs',
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  coverageProvider: 'v8',
  collectCoverageFrom: ['transforms/**/*.ts'],
  // Counts with --coverage only: `npm run coverage` runs the tests that have to reach every branch.
  coverageThreshold: { global: { branches: 100 } },
};
