// What a browser costs the machine: the time that the kernel gave its processes, of users and in the kernel, all of
// them together. In /proc the time of those that have ended is kept by who waited for them, so that a helper which came
// and went is counted; asked for it, Chromium tells of those that live (`SystemInfo.getProcessInfo`).
import { existsSync, readFileSync, readdirSync } from 'node:fs'

/** Ticks of a second in /proc/PID/stat (proc(5)): what Linux shows to programs is the same on every machine. */
const TICKS = 100

/** CPU seconds so far. @param {import('playwright-core').CDPSession} debug   of the browser */
export async function cpuTime(debug) {
  const { processInfo } = await debug.send('SystemInfo.getProcessInfo')
  const root = processInfo.find(({ type }) => type === 'browser')
  // Elsewhere than on Linux Chromium's own word has to do.
  if (!root || !existsSync(`/proc/${root.id}/stat`)) return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0)
  return cpuOfTree(root.id, processes())
}

/**
 * Of a process and all that it has begun, however deep.
 * @param {number} root
 * @param {Map<number, { parent: number, ticks: number }>} all
 */
export function cpuOfTree(root, all) {
  const within = new Set([root])
  // A child may have a lower number than its parent, so once through the list is not enough.
  for (let before = 0; before < within.size;) {
    before = within.size
    for (const [id, { parent }] of all) if (within.has(parent)) within.add(id)
  }
  return [...within].reduce((sum, id) => sum + (all.get(id)?.ticks ?? 0), 0) / TICKS
}

/** Every process there is, with its own time and that of its children who have ended. */
function processes() {
  const all = new Map()
  for (const id of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    try {
      all.set(Number(id), readStat(readFileSync(`/proc/${id}/stat`, 'latin1')))
    } catch {
      // It ended in between, and its parent has its time.
    }
  }
  return all
}

/** proc(5): behind the name, which may have spaces and brackets in it, the 3rd field is the first. */
export function readStat(line) {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  const [parent, ...times] = [4, 14, 15, 16, 17].map(field => Number(fields[field - 3]))
  return { parent, ticks: times.reduce((sum, time) => sum + time) }
}
