<?php
/**
 * Where the player's files are, and what the site's administrator has decided: one option, read with its defaults. The files
 * lie in the plugin's folder `player/`, unless the settings name another address.
 */

namespace Sprat;

defined( 'ABSPATH' ) || exit;

const OPTION = 'sprat';

/** The folder `sprat/` of the self-hosted zip, under another name. */
const FOLDER = 'player';

function settings() {
	$saved = get_option( OPTION );
	return array_merge(
		array(
			'player'   => '',
			'frame'    => false,
			'p2p'      => 'ask',
			'trackers' => '',
			'ice'      => '',
		),
		is_array( $saved ) ? $saved : array()
	);
}

/** An absolute address that ends in a slash; empty where there is no player. */
function player() {
	$named = settings()['player'];
	if ( '' !== $named ) {
		return trailingslashit( \WP_Http::make_absolute_url( $named, home_url( '/' ) ) );
	}
	return is_file( plugin_dir_path( FILE ) . FOLDER . '/sprat.js' ) ? plugins_url( FOLDER . '/', FILE ) : '';
}
