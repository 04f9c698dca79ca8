// Bundles the browser files: node build.mjs OUTDIR
// Writes hashed names, manifest.json (logical name -> file) and THIRD-PARTY.txt with the licences of what was bundled.
import { build } from 'esbuild';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
if (!out) {
  console.error('usage: node build.mjs OUTDIR');
  process.exit(2);
}
await mkdir(out, { recursive: true });

const entries = ['app.js', 'call.js', 'editor.js', 'evaluate.js', 'icon.svg', 'style.css'];
const result = await build({
  absWorkingDir: here,
  entryPoints: entries,
  outdir: resolve(out),
  bundle: true,
  loader: { '.svg': 'copy' },
  splitting: true,
  format: 'esm',
  minify: true,
  target: ['chrome123', 'firefox128', 'safari17.5'],
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});

const made = new Set(Object.keys(result.metafile.outputs).map((file) => basename(file)));
for (const file of await readdir(out)) {
  if (/-[A-Z0-9]{8}\.(js|css|svg)$/.test(file) && !made.has(file)) await rm(join(out, file)); // of an earlier build
}

const manifest = {};
const packages = new Set();
for (const [file, about] of Object.entries(result.metafile.outputs)) {
  if (entries.includes(about.entryPoint)) manifest[about.entryPoint] = basename(file);
  for (const input of Object.keys(about.inputs)) {
    const inside = input.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//);
    if (inside) packages.add(inside[1]);
  }
}

let notices = 'Earshot ships these works of others in its browser files.\n';
for (const name of [...packages].sort()) {
  const folder = join(here, 'node_modules', name);
  const about = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const licence = (await readdir(folder)).find((f) => /^licen[cs]e/i.test(f));
  if (!licence) throw new Error(`${name}: no licence text in ${folder}`);
  notices += `\n${'-'.repeat(78)}\n${name} ${about.version} (${about.license})\n\n${await readFile(join(folder, licence), 'utf8')}`;
}
await writeFile(join(out, 'THIRD-PARTY.txt'), notices);
await writeFile(join(out, 'manifest.json'), JSON.stringify(manifest, null, 1) + '\n');
