// What does a page of the guide tell its reader to do? Its commands, the files to save and the addresses to open, in the order in
// which they stand there. The words that say so are part of the guide, so one that shows a block without them is a fault of it.
//
//   ```sh                        what is run; after "eave it running" it goes on beside what follows
//   ack in `X`                   where it is run: the folder of that name
//   ave this as `NAME`, ave it as `NAME`     what the next block is saved as, unless it is a command
//   <http://localhost:…>         what is opened, once the block after it is saved
//   second window                what was opened is opened twice, by viewers who share

/** @typedef {{ section: string, kind: 'run' | 'save' | 'open', text: string, name?: string, stays?: boolean, shared?: boolean, folder?: string }} Step */

const BLOCK = /^```(\w+)\n([\s\S]*?)^```$/gm

/** @returns {Step[]} */
export function stepsOf(markdown) {
  return markdown.split(/^## /m).slice(1).flatMap(part => {
    const [section] = part.split('\n', 1)
    return inSection(section, part)
  })
}

function inSection(section, part) {
  const steps = []
  let from = 0
  for (const block of part.matchAll(BLOCK)) {
    const before = part.slice(from, block.index)
    from = block.index + block[0].length
    steps.push(folder(before), ...step(section, before, block), ...opened(before))
  }
  const after = part.slice(from)
  return [...steps, ...opened(after)].filter(Boolean).map(step => ({ section, ...step }))
}

function step(section, before, [, language, text]) {
  if (language === 'sh') return [{ kind: 'run', text: text.trim(), stays: before.includes('eave it running') }]
  const name = before.match(/ave (?:this|it) as\s+`([^`]+)`/)?.[1]
  if (name) return [{ kind: 'save', text, name }]
  throw new Error(`“${section}” shows ${text.split('\n', 1)} …, and does not say what to do with it`)
}

function folder(text) {
  const name = text.match(/ack in `([^`]+)`/)?.[1]
  return name && { kind: 'go', text: name }
}

function opened(text) {
  const shared = /second window/.test(text)
  return [...text.matchAll(/<(http:\/\/localhost:[^>]+)>/g)].map(([, address]) => ({ kind: 'open', text: address, shared }))
}
