// Rows of text under their heads, as wide as they must be.

export function table(heads, rows) {
  const widths = heads.map((head, column) => Math.max(...[head, ...rows.map(row => row[column])].map(text => text.length)))
  const line = row => row.map((text, column) => text.padEnd(widths[column])).join('  ').trimEnd()
  return ['', line(heads), widths.map(width => '-'.repeat(width)).join('  '), ...rows.map(line), ''].join('\n')
}
