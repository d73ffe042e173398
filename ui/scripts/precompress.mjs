// Writes .gz and .br beside every built text file, and refuses a first load above the budget.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const root = new URL('../../src/twinedge/web/static/', import.meta.url).pathname;
const BUDGET_KB = 300;

const files = (dir) =>
  readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });

for (const path of files(root).filter((p) => /\.(js|css|html|svg)$/.test(p))) {
  const bytes = readFileSync(path);
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  writeFileSync(`${path}.br`, brotliCompressSync(bytes));
}

const html = readFileSync(join(root, 'index.html'), 'utf8');
const first = [...html.matchAll(/(?:src|href)="\/(files\/[^"]+)"/g)].map((m) => m[1]);
const kb = first.reduce((sum, name) => sum + statSync(join(root, `${name}.gz`)).size, 0) / 1024;
console.log(`first load: ${kb.toFixed(0)} kB gzip of ${BUDGET_KB}`);
// Nothing found means that the page's form changed and the budget is not being measured.
if (first.length === 0 || kb > BUDGET_KB) process.exit(1);
