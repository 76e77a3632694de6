<?php
/**
 * The HTML of a video: the element, with a link for pages without scripts; an iframe where that is
 * wished; a link alone in feeds, and where there is no player. Everything is escaped here, where it is written.
 */

namespace Sprat;

defined( 'ABSPATH' ) || exit;

/** What a frame may do; it has its storage, its links, and the form for a password. */
const ALLOW   = 'autoplay; fullscreen; picture-in-picture; encrypted-media; web-share; clipboard-write; screen-wake-lock';
const SANDBOX = 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms';

function markup( array $video ) {
	$at = $video['src'] ?? $video['list'] ?? $video['peertube'] ?? '';
	if ( '' === $at ) {
		return told( __( 'Sprat has nothing to play here: the shortcode or the block needs an address, of http or https or of this site.', 'sprat' ) );
	}
	$link = sprintf( '<a href="%s">%s</a>', esc_url( $at ), esc_html( $video['title'] ?? $at ) );
	if ( is_feed() ) {
		return "<p>$link</p>";
	}
	if ( '' === player() ) {
		return "<p>$link</p>" . told( __( 'Sprat has no player yet: its settings say where the files go.', 'sprat' ) );
	}
	return isset( $video['frame'] ) ? frame( page_address( $video ), $video['title'] ?? '' ) : element( $video, $link );
}

/** A module runs once, however often a page names it. */
function element( array $video, $link ) {
	$script = wp_get_script_tag(
		array(
			'type' => 'module',
			'src'  => player() . 'sprat.js',
		)
	);
	$tag    = is_list( $video ) ? 'sprat-playlist' : 'sprat-player';
	$names  = array(
		'src'       => 'src',
		'list'      => 'src',
		'peertube'  => 'peertube',
		'title'     => 'media-title',
		'poster'    => 'poster',
		'start'     => 'start',
		'stop'      => 'stop',
		'integrity' => 'integrity',
		'trackers'  => 'trackers',
		'ice'       => 'ice-servers',
		'p2p'       => 'p2p',
	);
	if ( is_list( $video ) ) {
		// Its items have their own.
		unset( $names['title'], $names['poster'] );
	}
	$player = '';
	foreach ( $names as $name => $attribute ) {
		if ( isset( $video[ $name ] ) ) {
			$player .= sprintf( ' %s="%s"', $attribute, esc_attr( $video[ $name ] ) );
		}
	}
	return "$script<$tag$player><noscript>$link</noscript></$tag>";
}

/** Of the iframe page, with what it is told. */
function page_address( array $video ) {
	$said = array( 'p2p' => $video['p2p'] );
	foreach ( array( 'list', 'src', 'peertube', 'title', 'poster', 'start', 'stop', 'integrity', 'trackers', 'ice' ) as $name ) {
		if ( isset( $video[ $name ] ) ) {
			$said[ array( 'list' => 'src', 'ice' => 'iceServers' )[ $name ] ?? $name ] = $video[ $name ];
		}
	}
	return player() . ( is_list( $video ) ? 'playlist' : 'embed' ) . '.html?' . http_build_query( $said, '', '&' );
}

function frame( $address, $title, $width = 560, $height = 315 ) {
	return sprintf(
		'<iframe title="%s" src="%s" width="%d" height="%d" style="aspect-ratio:16/9;width:100%%;height:auto;border:0" allow="%s" sandbox="%s" allowfullscreen loading="lazy" referrerpolicy="strict-origin-when-cross-origin"></iframe>',
		esc_attr( '' === $title ? __( 'Video', 'sprat' ) : $title ),
		esc_url( $address ),
		$width,
		$height,
		ALLOW,
		SANDBOX
	);
}

function is_list( array $video ) {
	return isset( $video['list'] ) || ( ! isset( $video['src'] ) && 1 === preg_match( '#/w/p/|/video-playlists/|/watch/playlist/#', $video['peertube'] ) );
}

/** Whoever can edit is told what is wrong; visitors are not. */
function told( $sentence ) {
	return current_user_can( 'edit_posts' ) ? '<p role="alert">' . esc_html( $sentence ) . '</p>' : '';
}
