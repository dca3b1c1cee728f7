// Directus's own command line, ended when whoever started it ends: then its standard input closes,
// however they came to their end.
import { registerHooks } from 'node:module';

process.stdin.on('end', () => process.exit(1)).resume();

// It runs extensions that are not trusted and the scripts of flows, of which there are none, and takes
// minutes to compile.
const unused = 'isolated-vm';
registerHooks({
  resolve: (name, context, next) =>
    name === unused ? { url: new URL('unused.cjs', import.meta.url).href, format: 'commonjs', shortCircuit: true } : next(name, context),
});

// Not `directus/cli.js`: that asks the network first whether there is a newer one.
await import('@directus/api/cli/run.js');
