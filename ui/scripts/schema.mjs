// Asks the server's own code for its OpenAPI document and writes the TypeScript types of it.
// With --check nothing is written: it fails when the committed types are not those of the server.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const root = new URL('../../', import.meta.url).pathname;
const target = new URL('../src/api/schema.d.ts', import.meta.url).pathname;
const python = process.env.PYTHON ?? `${root}.venv/bin/python`;
const json = execFileSync(python, ['-m', 'twinedge', 'openapi'], { cwd: root, maxBuffer: 1e8 });
const types = `// Made by \`npm run schema\` from the server's OpenAPI document; do not edit.\n${astToString(
  await openapiTS(JSON.parse(json.toString())),
)}`;
if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== types) {
    console.error('src/api/schema.d.ts is not what the server says: run `npm run schema`');
    process.exit(1);
  }
} else {
  writeFileSync(target, types);
}
