<?php
/**
 * Pasted addresses of the iframe pages that belong to this site's player: `…/embed.html?src=…` and `…/playlist.html?src=…`. In a
 * post they become an iframe without anything being asked; the editor's preview, and other sites whose
 * administrators name this one as a provider, ask the route `sprat/v1/oembed` (oEmbed 1.0).
 *
 * An address is a stranger's: it is read, and written anew from what an author may say.
 */

namespace Sprat;

defined( 'ABSPATH' ) || exit;

/** Parameters of the iframe pages that concern nobody but who looks. */
const HARMLESS = array( 'autoplay', 'muted', 'loop', 'controls', 'controlBar', 'peertubeLink', 'subtitle', 'playbackRate', 'playlistPosition', 'hl', 'quality', 'shuffle', 'order' );

const WIDTH  = 560;
const HEIGHT = 315;

function register_addresses() {
	if ( '' === player() ) {
		return;
	}
	wp_oembed_add_provider( pattern(), rest_url( 'sprat/v1/oembed' ), true );
	wp_embed_register_handler( 'sprat', pattern(), __NAMESPACE__ . '\handler' );
}

/** Of our own iframe pages, by http or https. */
function pattern() {
	$folder = preg_replace( '#^https?:#', '', player() );
	return '#^https?:' . preg_quote( $folder, '#' ) . '(?:embed|playlist)\.html\?.+#i';
}

function handler( $matches, $attributes, $address ) {
	$found = embedded( $address );
	if ( is_feed() && isset( $found['html'] ) ) {
		return sprintf( '<p><a href="%s">%s</a></p>', esc_url( $address ), esc_html( '' === $found['title'] ? $address : $found['title'] ) );
	}
	return $found['html'] ?? '';
}

/** What oEmbed says of an address; nothing, if it is none of ours. */
function embedded( $address, $max_width = WIDTH, $max_height = HEIGHT ) {
	if ( '' === player() || ! is_string( $address ) || 1 !== preg_match( pattern(), $address ) ) {
		return array();
	}
	wp_parse_str( (string) wp_parse_url( $address, PHP_URL_QUERY ), $said );
	$is_list = 1 === preg_match( '#/playlist\.html\?#i', $address );
	if ( $is_list && isset( $said['src'] ) ) {
		$said['list'] = $said['src'];
		unset( $said['src'] );
	}
	if ( isset( $said['p2p'] ) ) {
		$said['p2p'] = array( '0' => 'off', 'false' => 'off', '1' => 'on', 'true' => 'on' )[ word( $said, 'p2p' ) ] ?? 'ask';
	}
	$video = video( $said );
	if ( ! isset( $video['src'] ) && ! isset( $video['list'] ) && ! isset( $video['peertube'] ) ) {
		return array();
	}
	$width  = max( 1, (int) min( WIDTH, $max_width, $max_height * WIDTH / HEIGHT ) );
	$height = max( 1, (int) round( $width * HEIGHT / WIDTH ) );
	$title  = $video['title'] ?? '';
	return array(
		'version'       => '1.0',
		'type'          => 'video',
		'title'         => $title,
		'provider_name' => wp_specialchars_decode( get_bloginfo( 'name' ), ENT_QUOTES ),
		'provider_url'  => home_url( '/' ),
		'width'         => $width,
		'height'        => $height,
		'html'          => frame( add_query_arg( array_map( 'rawurlencode', harmless( $said ) ), page_address( $video ) ), $title, $width, $height ),
	);
}

function harmless( array $said ) {
	$kept = array();
	foreach ( HARMLESS as $name ) {
		$value = word( $said, $name );
		if ( 1 === preg_match( '/^[\w.-]{1,40}$/', $value ) ) {
			$kept[ $name ] = $value;
		}
	}
	return $kept;
}

/** Public, as oEmbed is: it says nothing that is not in the address. */
function register_route() {
	register_rest_route(
		'sprat/v1',
		'/oembed',
		array(
			'methods'             => 'GET',
			'callback'            => __NAMESPACE__ . '\answer',
			'permission_callback' => '__return_true',
			'args'                => array(
				'url'       => array(
					'type'     => 'string',
					'required' => true,
				),
				'format'    => array( 'type' => 'string', 'default' => 'json' ),
				'maxwidth'  => array( 'type' => 'integer', 'default' => WIDTH, 'minimum' => 1 ),
				'maxheight' => array( 'type' => 'integer', 'default' => HEIGHT, 'minimum' => 1 ),
			),
		)
	);
}

/** oEmbed 1.0, §2.3.5: 404 for what is not here, 501 for a format that is not spoken. */
function answer( $request ) {
	if ( 'json' !== $request['format'] ) {
		return new \WP_Error( 'sprat_format', 'JSON only.', array( 'status' => 501 ) );
	}
	$found = embedded( $request['url'], $request['maxwidth'], $request['maxheight'] );
	return array() === $found ? new \WP_Error( 'sprat_unknown', 'Not an embed page of this site.', array( 'status' => 404 ) ) : $found;
}
