import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import notices from './scripts/notices.mjs'

// The server that the development server passes API calls to: the mock (test/mock-server.mjs) or a real `weir serve`.
const server = process.env.WEIR_SERVER ?? 'http://127.0.0.1:5171'

export default defineConfig({
  base: './',
  plugins: [svelte(), notices()],
  server: {
    host: '127.0.0.1',
    port: 5170,
    proxy: {
      '/api': server,
      '/health': server,
      '/lsp': { target: server, ws: true },
    },
  },
  build: {
    target: 'es2022',
    sourcemap: false,
    chunkSizeWarningLimit: 900,
  },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'vscode/test/*.test.ts'],
    environment: 'node',
  },
})
