import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = process.env.TWINEDGE_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  build: { outDir: '../src/twinedge/web/static', assetsDir: 'files', emptyOutDir: true, target: 'es2022' },
  test: { setupFiles: './vitest.setup.ts' },
  // The built page is served by the server itself; `npm run dev` asks the one at TWINEDGE_URL.
  server: { proxy: { '/v1': { target: server, ws: true }, '/health': server } },
});
