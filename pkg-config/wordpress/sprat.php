<?php
/**
 * Plugin Name:       Sprat
 * Description:       Plays HLS, files and PeerTube videos in Sprat: a block, the shortcode [sprat], and pasted addresses of this site's own embed pages.
 * Version:           0.1.0
 * Requires at least: 6.1
 * Requires PHP:      7.4
 * License:           MIT OR Apache-2.0
 * License URI:       https://opensource.org/license/mit
 * Text Domain:       sprat
 * Domain Path:       /languages
 *
 * Nothing is counted, sent or fetched by the plugin; the one option that it has goes with it (uninstall.php).
 */

namespace Sprat;

defined( 'ABSPATH' ) || exit;

const FILE = __FILE__;

require __DIR__ . '/includes/player.php';
require __DIR__ . '/includes/video.php';
require __DIR__ . '/includes/markup.php';
require __DIR__ . '/includes/oembed.php';
require __DIR__ . '/includes/settings.php';

add_action( 'init', __NAMESPACE__ . '\register' );
add_action( 'rest_api_init', __NAMESPACE__ . '\register_route' );
add_action( 'admin_init', __NAMESPACE__ . '\register_settings' );
add_action( 'admin_menu', __NAMESPACE__ . '\register_page' );

/** What authors use: the shortcode, the block, pasted addresses. */
function register() {
	load_plugin_textdomain( 'sprat', false, dirname( plugin_basename( FILE ) ) . '/languages' );
	add_shortcode( 'sprat', __NAMESPACE__ . '\shortcode' );
	register_block_type( __DIR__ . '/block', array( 'render_callback' => __NAMESPACE__ . '\block' ) );
	wp_set_script_translations( 'sprat-video-editor-script', 'sprat', plugin_dir_path( FILE ) . 'languages' );
	register_addresses();
}

/** `[sprat src="…"]`; WordPress gives an empty string where there are no attributes. */
function shortcode( $given ) {
	return markup( video( is_array( $given ) ? $given : array() ) );
}

/** The block has the shortcode's names, and is drawn when the page is. */
function block( $given ) {
	return '<div ' . get_block_wrapper_attributes() . '>' . markup( video( $given ) ) . '</div>';
}
