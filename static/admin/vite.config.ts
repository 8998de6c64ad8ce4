import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  // Forge serves the page below a path of its own choosing.
  base: './',
  plugins: [react()],
  resolve: {
    alias: { 'react-scrolllock': fileURLToPath(new URL('./src/page/scroll-lock.tsx', import.meta.url)) },
  },
  // Atlaskit's icons are CommonJS alone: what they export by default is to be what an import of them gets.
  legacy: { inconsistentCjsInterop: true },
  build: {
    outDir: 'build',
    target: 'es2022',
    // Assets stay files: the page's policy allows no `data:` script or font, and the core must be fetched to be compiled.
    assetsInlineLimit: 0,
    // Forge answers from a CDN with compression; the budget is on the compressed size, which the build prints.
    chunkSizeWarningLimit: 1_000,
  },
});
