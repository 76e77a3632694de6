<?php
/**
 * What an author has written, made into what a player may be told. Authors need not be trusted: whoever may write a post may use
 * the shortcode, so only what is named here is taken, an address is http(s) or of this site, and nobody is taken for
 * asked whom the administrator did not mean.
 */

namespace Sprat;

defined( 'ABSPATH' ) || exit;

/** Of an address, an attribute, a title. */
const LONGEST = 2000;

/** Attributes of the shortcode that are addresses, and under which schemes. */
const ADDRESSES = array(
	'src'       => array( 'http', 'https' ),
	'list'      => array( 'http', 'https' ),
	'peertube'  => array( 'http', 'https' ),
	'poster'    => array( 'http', 'https' ),
	'integrity' => array( 'http', 'https' ),
);

/**
 * @param array $given Attributes of the shortcode or the block.
 * @return array What is usable of them, by name; `trackers`, `ice` and `p2p` as the site's settings allow.
 */
function video( array $given ) {
	$site  = settings();
	$video = array();
	foreach ( ADDRESSES as $name => $schemes ) {
		$video[ $name ] = address( word( $given, $name ), $schemes );
	}
	foreach ( array( 'start', 'stop' ) as $name ) {
		$time           = word( $given, $name );
		$video[ $name ] = preg_match( '/^[0-9hms:.]{1,16}$/', $time ) ? $time : '';
	}
	$video['title']    = sanitize_text_field( word( $given, 'title' ) );
	$video['frame']    = '' === word( $given, 'frame' ) ? (bool) $site['frame'] : in_array( word( $given, 'frame' ), array( '1', 'true' ), true );
	$own               = trackers( word( $given, 'trackers' ) );
	$video['trackers'] = '' === $own ? $site['trackers'] : $own;
	$video['ice']      = $site['ice'];
	$video['p2p']      = sharing( word( $given, 'p2p' ), $site['p2p'], '' === $own && '' === $video['peertube'] . $video['list'] );
	return array_filter(
		$video,
		function ( $value ) {
			return '' !== $value && false !== $value;
		}
	);
}

/**
 * The most careful answer counts. `on` is for a site that has asked its visitors, and holds for trackers that its
 * administrator has named: those of an author, of a list or of an instance are others who would learn of a visitor.
 */
function sharing( $said, $site, $trackers_are_the_sites ) {
	if ( 'off' === $said || 'off' === $site ) {
		return 'off';
	}
	return 'on' === $site && 'ask' !== $said && $trackers_are_the_sites ? 'on' : 'ask';
}

/** An address of the web, or one of this site that begins with a slash; everything else is as good as nothing. */
function address( $said, array $schemes ) {
	if ( 1 === preg_match( '#^/(?![/\\\\])#', $said ) || in_array( wp_parse_url( $said, PHP_URL_SCHEME ), $schemes, true ) ) {
		return sanitize_url( $said, $schemes );
	}
	return '';
}

/** Those that are addresses of trackers, as one string. */
function trackers( $said ) {
	$taken = array();
	foreach ( preg_split( '/[\s,]+/', $said, 21, PREG_SPLIT_NO_EMPTY ) as $one ) {
		$taken[] = address( $one, array( 'wss', 'ws' ) );
	}
	return implode( ' ', array_slice( array_filter( $taken ), 0, 20 ) );
}

/** Shortcodes give strings; a block's JSON may hold anything. */
function word( array $given, $name ) {
	$value = $given[ $name ] ?? '';
	if ( is_bool( $value ) ) {
		return $value ? 'true' : 'false';
	}
	$word = is_scalar( $value ) ? trim( (string) $value ) : '';
	return strlen( $word ) > LONGEST ? '' : $word;
}
