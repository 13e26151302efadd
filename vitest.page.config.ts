import { defineConfig } from 'vitest/config'

// The page in a real browser. One file after the other: browser, server and model share the machine.
export default defineConfig({
  test: {
    globalSetup: ['src/testing/build-before-tests.ts'],
    include: ['e2e/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
