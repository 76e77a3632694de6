// An author at the editor: adds the block to a new post, types into its fields, and publishes. Only what the plugin does not
// decide (which panel is open, what is selected) goes past the mouse.
import { launch } from '../../driver/chromium.mjs'

const EDITOR_MS = 60_000

/**
 * @param {Record<string, string>} fields   what is typed, by label, beside the block and in its sidebar
 * @returns the address of the post, what was saved of it, and by label in which direction a field is written
 */
export async function published(site, fields, { picture } = {}) {
  const browser = await launch()
  try {
    const page = await (await browser.newContext({ viewport: { width: 1200, height: 900 } })).newPage()
    page.setDefaultTimeout(EDITOR_MS)
    const thrown = []
    page.on('pageerror', error => thrown.push(String(error)))
    await page.goto(`${site.origin}/wp-login.php`)
    await page.fill('#user_login', 'author')
    await page.fill('#user_pass', 'secret')
    await page.click('#wp-submit')
    await page.waitForURL(/wp-admin/)
    await page.goto(`${site.origin}/wp-admin/post-new.php`)
    await page.waitForFunction(() => window.wp?.blocks?.getBlockType('sprat/video') && window.wp.data.select('core/editor').getCurrentPostId())
    await page.evaluate(() => {
      const { blocks, data } = window.wp
      data.dispatch('core/preferences').set('core/edit-post', 'welcomeGuide', false)
      const block = blocks.createBlock('sprat/video')
      data.dispatch('core/block-editor').insertBlock(block)
      data.dispatch('core/block-editor').selectBlock(block.clientId)
      return data.dispatch('core/edit-post').openGeneralSidebar('edit-post/block')
    })
    const directions = {}
    for (const [label, text] of Object.entries(fields)) {
      const field = page.getByLabel(label, { exact: true })
      await field.fill(text)
      directions[label] = await field.getAttribute('dir')
    }
    if (picture) await page.screenshot({ path: picture })
    const { id, content } = await page.evaluate(async () => {
      const { dispatch, select } = window.wp.data
      await dispatch('core/editor').editPost({ title: 'Typed', status: 'publish' })
      await dispatch('core/editor').savePost()
      const post = select('core/editor').getCurrentPost()
      return { id: post.id, content: post.content }
    })
    if (thrown.length > 0) throw new Error(thrown.join('\n'))
    return { address: `${site.origin}/?p=${id}`, content, directions }
  } finally {
    await browser.close()
  }
}
