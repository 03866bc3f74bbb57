import { defineConfig } from 'vite'
import notices from '../scripts/notices.mjs'

// One CommonJS file for the editor's own Node.js; only the editor's interface stays outside.
export default defineConfig({
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: 'src/extension.ts',
    outDir: 'dist',
    emptyOutDir: true,
    minify: true,
    rollupOptions: {
      external: ['vscode'],
      output: { format: 'cjs', entryFileNames: 'extension.cjs', exports: 'named' },
    },
  },
  plugins: [notices()],
})
