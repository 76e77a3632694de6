// Nothing about wasm: webpack finds the binaries by itself.
import { join } from 'node:path'
import webpack from 'webpack'

const context = import.meta.dirname
webpack({ mode: 'production', context, entry: './src/main.js', output: { path: join(context, 'dist') }, performance: { hints: false } }, (error, stats) => {
  if (error || stats.hasErrors()) throw error ?? new Error(stats.toString('errors-only'))
})
