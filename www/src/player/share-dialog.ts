// The dialog by which a viewer passes on what plays: its link, from the moment at which the dialog was opened if that is
// wanted, and the code that puts it into another page. What is shown stays as it is while the video goes on: somebody may be
// selecting it.

import { type TemplateResult, html, nothing } from 'lit/html.js';
import { adopt } from '../sheets.ts';
import type { Description } from '../share/description.ts';
import { at, from } from '../share/links.ts';
import { iframe, tag } from '../share/markup.ts';
import { words } from '../late-strings.ts';
import { byHand, copy, selectAll } from './clipboard.ts';
import * as icons from './late-icons.ts';
import { type Subject, subjectOf } from './subject.ts';
import type { View } from './view.ts';
import css from '../../styles/player/share.css' with { type: 'text' };

export type Field = 'link' | 'frame' | 'tag';

interface Opened {
  subject: Subject;
  /** Seconds; undefined of a live, and at the beginning. */
  moment: number | undefined;
  fromMoment: boolean;
  wholeList: boolean;
  /** Of the last copy. */
  said: { field: Field; done: boolean } | undefined;
}

const opened = new WeakMap<View, Opened>();
/** How long a button says what it has done. */
const SAID_MS = 2500;
const LOADER = 'sprat.js';

export function share(view: View): TemplateResult {
  const { host } = view;
  adopt(host.shadowRoot!, css);
  // What is not on screen yet is opened just now.
  const known = host.shadowRoot!.querySelector('.popup.share') && opened.get(view);
  const now = known || begin(view);
  opened.set(view, now);
  const texts = textsOf(now);
  const { subject, moment, said } = now;
  const set = (change: Partial<Opened>) => {
    Object.assign(now, change);
    view.changed();
  };
  return html`
    <div class="popup share" id="popup" role="dialog" aria-label=${words().shareTitle} @keydown=${(event: KeyboardEvent) => pressed(event, view)}>
      <div class="head">
        <h2>${words().shareTitle}</h2>
        <button type="button" class="button" aria-label=${words().close} @click=${() => view.closePopup()}>${icons.close}</button>
      </div>
      ${texts.link || texts.tag || texts.frame ? nothing : html`<p>${words().nothingToShare}</p>`}
      ${field(view, now, 'link', words().shareLink, texts.link)}
      ${moment === undefined ? nothing : choice(words().startAt(words().clock(moment)), now.fromMoment, on => set({ fromMoment: on }))}
      ${subject.playlist && subject.video.page ? choice(words().wholeList, now.wholeList, on => set({ wholeList: on })) : nothing}
      ${field(view, now, 'frame', words().embedFrame, texts.frame)} ${field(view, now, 'tag', words().embedTag, texts.tag)}
      ${texts.link && navigator.canShare?.({ url: texts.link })
        ? html`<button type="button" class="primary app" @click=${() => hand(texts.link!, describe(now).title)}>${icons.elsewhere}${words().shareWithApp}</button>`
        : nothing}
      <p class="said" role="status">${said ? (said.done ? words().copied : byHand()) : nothing}</p>
    </div>
  `;
}

/** What the menu of the picture copies, as things are now. */
export function textNow(view: View, field: Field, fromMoment: boolean): string | undefined {
  return textsOf({ ...begin(view), fromMoment })[field];
}

/** Opens with a field that a viewer is to copy by hand. */
export function openAt(view: View, field: Field, fromMoment: boolean): void {
  view.toggle('share');
  requestAnimationFrame(() => {
    const now = opened.get(view);
    if (!now) return;
    Object.assign(now, { fromMoment: fromMoment && now.moment !== undefined });
    refuse(view, now, field);
  });
}

function begin(view: View): Opened {
  const { host, media } = view;
  const whole = Math.floor(media.currentTime);
  return {
    subject: subjectOf(host, media),
    moment: media.streamType === 'live' || !(whole > 0) ? undefined : whole,
    fromMoment: false,
    wholeList: true,
    said: undefined,
  };
}

function describe({ subject: { video, playlist }, wholeList }: Opened): Description {
  return playlist && (wholeList || !video.page) ? playlist : video;
}

function textsOf(now: Opened): Partial<Record<Field, string>> {
  const description = describe(now);
  const { page, embed, attributes } = description;
  const seconds = now.fromMoment ? now.moment : undefined;
  const { position } = now.subject;
  const listed = description.kind === 'playlist';
  const placed = (url: string) => (listed ? from(url, position) : url);
  const link = page && at(placed(page), seconds);
  const frame = embed && iframe({ ...description, embed: placed(embed) }, seconds);
  const code = tag({ ...description, attributes: { ...attributes, ...(listed && position > 1 && { index: String(position) }) } }, new URL(LOADER, import.meta.url).href, seconds);
  return { ...(link && { link }), ...(frame && { frame }), ...(code && { tag: code }) };
}

function field(view: View, now: Opened, name: Field, label: string, text: string | undefined): TemplateResult | typeof nothing {
  if (text === undefined) return nothing;
  const id = `share-${name}`;
  const done = now.said?.field === name && now.said.done;
  const word = done ? words().copied : words().copy;
  const press = async () => {
    if (!(await copy(text))) return refuse(view, now, name);
    const said = (now.said = { field: name, done: true });
    view.changed();
    setTimeout(() => {
      if (now.said !== said) return;
      now.said = undefined;
      view.changed();
    }, SAID_MS);
  };
  const chosen = (event: Event) => (event.currentTarget as HTMLInputElement).select();
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      ${name === 'link'
        ? html`<input id=${id} dir="ltr" readonly .value=${text} @focus=${chosen} />`
        : html`<textarea id=${id} dir="ltr" readonly rows="2" wrap="off" .value=${text} @focus=${chosen}></textarea>`}
      <button type="button" class="plain" ?data-done=${done} aria-label="${word}: ${label}" @click=${press}>${word}</button>
    </div>
  `;
}

function choice(label: string, on: boolean, changed: (on: boolean) => void): TemplateResult {
  return html`
    <label class="choice">
      <input type="checkbox" .checked=${on} @change=${(event: Event) => changed((event.target as HTMLInputElement).checked)} />
      <span>${label}</span>
    </label>
  `;
}

/** The page may not copy: the viewer can. */
function refuse(view: View, now: Opened, field: Field): void {
  now.said = { field, done: false };
  view.changed();
  // When it is drawn, and whoever takes the focus of what was opened has had it.
  requestAnimationFrame(() => {
    const found = view.host.shadowRoot?.querySelector<HTMLInputElement | HTMLTextAreaElement>(`#share-${field}`);
    if (found) selectAll(found);
  });
}

/** Closed without a choice, nothing has happened. */
function hand(url: string, title: string): void {
  navigator.share({ url, title }).catch(() => {});
}

/** In a field, keys are the field's; this one is not. */
function pressed(event: KeyboardEvent, view: View): void {
  if (event.key !== 'Escape') return;
  event.stopPropagation();
  view.closePopup();
}
