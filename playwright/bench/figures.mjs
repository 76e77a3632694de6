// Statistics of a few runs on a noisy machine: the middle, and how bad the bad ones are.

export const median = values => quantile(values, 0.5)

export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
}

/** Rows of equal shape as a table for people. @param {object[]} rows */
export function table(rows) {
  if (rows.length === 0) return '(nothing)'
  const names = Object.keys(rows[0])
  const cell = value => typeof value === 'number' ? Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 0) : String(value)
  const lines = [names, ...rows.map(row => names.map(name => cell(row[name])))]
  const widths = names.map((_, i) => Math.max(...lines.map(line => line[i].length)))
  return lines.map(line => line.map((text, i) => text.padEnd(widths[i])).join('  ').trimEnd()).join('\n')
}
