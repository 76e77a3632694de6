// The page where notes over the picture are written: which video, what is done by buttons and keys, what is said of it. A router:
// the notes and their steps are in `annotate/work.ts`, each part of the page in a file there. What the player shows goes through the
// plugin that viewers have, as text in one of its formats.

import type { SpratPlayer } from './elements/sprat-player.ts';
import { Export, Import } from './annotate/exchange.ts';
import { Form } from './annotate/form.ts';
import { List } from './annotate/list.ts';
import { Store } from './annotate/store.ts';
import { clockOf } from './annotate/times.ts';
import { Work } from './annotate/work.ts';
import { readAddress } from './instance/address.ts';
import { writeJson } from './plugins/annotations/format.ts';

type Plugin = typeof import('./plugins/annotations/plugin.ts');

/** As long as nothing is typed, in ms: each letter would draw the note anew. */
const SHOWN_AFTER_MS = 150;
const KEPT_AFTER_MS = 400;
/** Into a note, so that it is there. */
const WITHIN_S = 0.01;

const find = <T extends HTMLElement = HTMLElement>(selector: string) => document.querySelector<T>(selector)!;
const player = find<SpratPlayer>('sprat-player');
const addressField = find<HTMLInputElement>('#source input');
const said = find('#said');
const buttons = { add: find<HTMLButtonElement>('#add'), undo: find<HTMLButtonElement>('#undo'), redo: find<HTMLButtonElement>('#redo') };

const store = new Store();
const work = new Work(changed);
/** Of the video that is open. */
let address = '';
let plugin: Plugin | undefined;
let showing: ReturnType<typeof setTimeout> | undefined;
let keeping: ReturnType<typeof setTimeout> | undefined;
/** What each text comes to without its marks. */
const texts = new Map<string, string>();

const form = new Form(find<HTMLFormElement>('#note'), work, { time, duration, textOf, leftOut: html => plugin?.leftOut(html) ?? [], say, remove });
const list = new List(find('#list'), document.querySelector<SVGElement>('.strip')!, work, { textOf, edit: () => form.focus(), add, remove });
const importing = new Import(find('#import'), work, say);
const exporting = new Export(find('#export'), work, duration, say);

// Which video

find('#source').addEventListener('submit', event => {
  event.preventDefault();
  open(addressField.value);
});

/** False where it is no address. */
function open(given: string): boolean {
  const text = given.trim();
  const url = URL.canParse(text, document.baseURI) ? new URL(text, document.baseURI) : undefined;
  const problem = text === '' || !url || !/^https?:$/.test(url.protocol) ? 'This is no address. It begins with http or https, or with a folder of this site.' : '';
  find('#source-problem').textContent = problem;
  addressField.ariaInvalid = problem ? 'true' : 'false';
  if (problem) {
    say(problem);
    addressField.focus();
    return false;
  }
  keep();
  address = url!.href;
  store.last = text;
  importing.offer(undefined);
  const isVideo = isOfInstance(address);
  player.removeAttribute(isVideo ? 'src' : 'peertube');
  player.setAttribute(isVideo ? 'peertube' : 'src', address);
  work.begin(store.read(address));
  if (work.drafts.length > 0) say(`Your notes for this video: ${work.drafts.length}.`);
  return true;
}

function isOfInstance(text: string): boolean {
  try {
    return readAddress(text).kind === 'video';
  } catch {
    return false;
  }
}

// What is done

buttons.add.addEventListener('click', add);
buttons.undo.addEventListener('click', () => step(work.undo(), 'Undone', 'Nothing to undo.'));
buttons.redo.addEventListener('click', () => step(work.redo(), 'Redone', 'Nothing to redo.'));
document.addEventListener('keydown', event => {
  const { key, ctrlKey, metaKey, shiftKey, altKey, target } = event;
  if (!(ctrlKey || metaKey) || altKey) return;
  // What is pasted, and an address, are the browser's to undo.
  const isElsewhere = (target as Element).closest('[data-own-undo], #source') !== null;
  if (key === 'Enter') add();
  else if (isElsewhere) return;
  else if (key.toLowerCase() === 'z' && !shiftKey) step(work.undo(), 'Undone', 'Nothing to undo.');
  else if (key.toLowerCase() === 'y' || key.toLowerCase() === 'z') step(work.redo(), 'Redone', 'Nothing to redo.');
  else return;
  event.preventDefault();
});

function add(): void {
  player.pause();
  if (!work.add(time(), duration())) return say('There are as many notes as there may be.');
  form.focus();
  say(`A note at ${clockOf(work.open!.start)}. Write its text.`);
}

function remove(): void {
  const { open } = work;
  if (!open) return;
  work.remove(open.id);
  if (work.drafts.length > 0) list.focus();
  else buttons.add.focus();
  say(`The note at ${clockOf(open.start)} is deleted. Undo brings it back.`);
}

function step(what: string | undefined, done: string, none: string): void {
  const { activeElement } = document;
  say(what === undefined ? none : `${done}: ${what}.`);
  // Where the focus was is gone, or can no longer have it.
  if (activeElement === document.body || (activeElement as HTMLButtonElement).disabled || (activeElement as HTMLElement).offsetParent === null) {
    if (work.drafts.length > 0) list.focus();
    else buttons.add.focus();
  }
}

// What is seen, said and kept of it

let opened: number | undefined;

function changed(): void {
  const { open, drafts } = work;
  list.draw();
  list.drawStrip(duration());
  list.drawHead(time(), duration());
  form.draw();
  exporting.draw();
  buttons.undo.disabled = !work.canUndo;
  buttons.redo.disabled = !work.canRedo;
  find('.count').textContent = drafts.length > 0 ? String(drafts.length) : '';
  find('.none').hidden = drafts.length > 0;
  if (open && open.id !== opened) reveal(open.start, open.end);
  opened = open?.id;
  clearTimeout(showing);
  showing = setTimeout(preview, SHOWN_AFTER_MS);
  clearTimeout(keeping);
  keeping = setTimeout(keep, KEPT_AFTER_MS);
}

/** The picture goes where the note is. */
function reveal(start: number, end = Infinity): void {
  if (player.readyState === 0 || (time() >= start && time() < end)) return;
  player.pause();
  player.currentTime = start + WITHIN_S;
}

function preview(): void {
  plugin?.show(player, writeJson(work.notes));
}

function keep(): void {
  clearTimeout(keeping);
  if (address === '') return;
  store.write(address, work.drafts.map(({ id: _, ...note }) => note));
  const warning = find('#unkept');
  const wasHidden = warning.hidden;
  warning.hidden = store.keeps || work.drafts.length === 0;
  if (wasHidden && !warning.hidden) say(warning.textContent ?? '');
}

addEventListener('pagehide', keep);
addEventListener('beforeunload', event => {
  keep();
  if (!store.keeps && work.drafts.length > 0) event.preventDefault();
});
store.hear(() => address, notes => {
  if (JSON.stringify(notes) === JSON.stringify(work.drafts.map(({ id: _, ...note }) => note))) return;
  work.take(notes, false, 'what another window has written');
  say('Another window has changed these notes. Undo brings back yours.');
});

let saying: ReturnType<typeof setTimeout> | undefined;

/** The same again is said again. */
function say(what: string): void {
  clearTimeout(saying);
  said.textContent = '';
  saying = setTimeout(() => (said.textContent = what), 50);
}

function textOf(html: string): string {
  const known = texts.get(html);
  if (known !== undefined) return known;
  if (!plugin) return html.replace(/<[^>]*>/g, ' ');
  const fragment = plugin.harmless(html, []);
  for (const end of fragment.querySelectorAll('br, p, li, h3, h4, h5, h6, div, blockquote')) end.after(' ');
  const text = fragment.textContent ?? '';
  if (texts.size > 1000) texts.clear();
  texts.set(html, text);
  return text;
}

// The player

function time(): number {
  return player.currentTime || 0;
}

function duration(): number {
  return player.duration;
}

async function begin(): Promise<void> {
  const given = new URLSearchParams(location.search).get('address') ?? store.last;
  if (given) addressField.value = given;
  await customElements.whenDefined('sprat-player');
  player.add({ press: key => (key === 'n' ? add : undefined) });
  player.addEventListener('timeupdate', tick);
  player.addEventListener('seeking', tick);
  player.addEventListener('durationchange', changed);
  player.addEventListener('loadedmetadata', () => work.open && reveal(work.open.start, work.open.end));
  player.addEventListener('instancevideo', () => importing.offer(player.instanceVideo?.annotations));
  player.addEventListener('annotationschange', event => (find('#off').hidden = (event as CustomEvent<{ isOn: boolean }>).detail.isOn));
  buttons.add.disabled = false;
  open(addressField.value);
  const loaded = await import('./plugins/annotations/plugin.ts');
  await loaded.prepare(true);
  plugin = loaded;
  changed();
}

function tick(): void {
  find('.now').textContent = clockOf(Math.floor(time() * 10) / 10);
  list.drawHead(time(), duration());
}

begin().catch(() => say('The player has not come. Look at your connection, and load this page again.'));
