// Which scripts of an instance's plugins are for embeds? Its configuration lists them, by the names and paths that make their
// addresses (`/plugins/<name>/<version>/client-scripts/<path>`). Nothing is taken that could make an address elsewhere.

import { type Json, list, object } from './judge.ts';

export interface PluginScript {
  /** Of the plugin. */
  name: string;
  /** By which the API knows it. */
  npmName: string;
  version: string;
  /** Below the plugin's own scripts. */
  path: string;
}

/** Event `instanceplugins`, after the first frame, where there are some. */
export interface InstancePlugins {
  origin: string;
  scripts: PluginScript[];
  /** The instance's own JSON of the video, or what is known without. */
  video: unknown;
}

const MOST_PLUGINS = 200;
const MOST_SCOPES = 50;
const MOST_SCRIPTS = 20;
const NAME = /^[a-z0-9][a-z0-9._-]{0,213}$/;
const VERSION = /^\d{1,9}(\.\d{1,9}){2}[\w.+-]{0,40}$/;
/** No part of it begins with a dot. */
const PATH = /^(?=.{1,200}$)(\.\/)?\w[\w.+-]*(\/\w[\w.+-]*)*$/;

/** `plugin.registered` of the configuration. */
export function readScripts(registered: unknown): PluginScript[] {
  return list(registered, MOST_PLUGINS).map(object).flatMap(({ name, npmName, version, clientScripts }) =>
    is(NAME, name) && is(NAME, npmName) && is(VERSION, version)
      ? Object.values(object(clientScripts)).map(object).flatMap(script => forEmbeds(script).map(path => ({ name, npmName, version, path })))
      : [],
  ).slice(0, MOST_SCRIPTS);
}

function forEmbeds({ script, scopes }: Json): string[] {
  return list(scopes, MOST_SCOPES).includes('embed') && is(PATH, script) ? [script] : [];
}

function is(pattern: RegExp, value: unknown): value is string {
  return typeof value === 'string' && pattern.test(value);
}
