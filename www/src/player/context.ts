// Where a viewer asks for the menu of the picture: by the right mouse button, a long press, or the keyboard's own key. Text
// fields and links keep the browser's menu, and with Shift it is always that one.

import type { View } from './view.ts';

export function attend(host: HTMLElement, view: View): void {
  host.addEventListener('contextmenu', event => {
    const [target] = event.composedPath() as Element[];
    const frame = host.shadowRoot?.querySelector<HTMLElement>('.frame');
    const byMouse = event.button === 2;
    if (!frame?.querySelector('.bar .share') || target?.closest('a, input, textarea, .failure, #popup') || (byMouse && event.shiftKey)) return;
    event.preventDefault();
    const { left, top } = frame.getBoundingClientRect();
    frame.style.setProperty('--x', `${event.clientX - left}px`);
    frame.style.setProperty('--y', `${event.clientY - top}px`);
    view.closePopup();
    view.toggle('context');
  });
}
