// A static export, with nothing said about wasm.
import { join } from 'node:path'

/** One mode: pages that are made once, on the server's side, and served as files. */
export default { output: 'export', basePath: '/consumers/next/out', turbopack: { root: join(import.meta.dirname, '..') } }
