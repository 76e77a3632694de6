<?php
/**
 * The settings page, for those who may manage the site's options. WordPress checks the form's nonce and that capability when it
 * is saved; what is saved is read as strictly as what authors write.
 */

namespace Sprat;

defined( 'ABSPATH' ) || exit;

function register_settings() {
	register_setting(
		OPTION,
		OPTION,
		array(
			'type'              => 'array',
			'sanitize_callback' => __NAMESPACE__ . '\cleaned',
		)
	);
}

function register_page() {
	add_options_page( 'Sprat', 'Sprat', 'manage_options', 'sprat', __NAMESPACE__ . '\page' );
}

/** @param mixed $given What the form sent. */
function cleaned( $given ) {
	$given = is_array( $given ) ? $given : array();
	$p2p   = word( $given, 'p2p' );
	return array(
		'player'   => address( word( $given, 'player' ), array( 'http', 'https' ) ),
		'frame'    => '' !== word( $given, 'frame' ),
		'p2p'      => in_array( $p2p, array( 'off', 'ask', 'on' ), true ) ? $p2p : 'ask',
		'trackers' => trackers( word( $given, 'trackers' ) ),
		'ice'      => implode( ' ', preg_grep( '/^(?:stun|turns?):[^\s"\'<>,]+$/', preg_split( '/[\s,]+/', word( $given, 'ice' ) ) ) ),
	);
}

function page() {
	if ( ! current_user_can( 'manage_options' ) ) {
		return;
	}
	$now = settings();
	echo '<div class="wrap"><h1>Sprat</h1>';
	if ( '' === player() ) {
		/* translators: %s: a folder */
		$missing = sprintf( __( 'There is no player yet. Unpack sprat-selfhosted.zip, and put what is in its folder sprat/ into %s; or name the address where it lies.', 'sprat' ), plugin_dir_path( FILE ) . FOLDER . '/' );
		echo '<div class="notice notice-warning"><p>' . esc_html( $missing ) . '</p></div>';
	}
	echo '<form method="post" action="options.php">';
	settings_fields( OPTION );
	echo '<table class="form-table" role="presentation">';
	field( 'player', __( 'Address of the player', 'sprat' ), __( 'Empty: the plugin’s own folder.', 'sprat' ), $now['player'] );
	row( 'frame', __( 'In iframes', 'sprat' ), sprintf( '<input type="checkbox" id="sprat-frame" name="sprat[frame]" value="1"%s>', checked( $now['frame'], true, false ) ), __( 'For themes and policies that an element cannot live with.', 'sprat' ) );
	$choices = array(
		'ask' => __( 'Visitors are asked', 'sprat' ),
		'off' => __( 'Never', 'sprat' ),
		'on'  => __( 'This site has asked its visitors already', 'sprat' ),
	);
	$options = '';
	foreach ( $choices as $value => $text ) {
		$options .= sprintf( '<option value="%s"%s>%s</option>', esc_attr( $value ), selected( $now['p2p'], $value, false ), esc_html( $text ) );
	}
	row( 'p2p', __( 'Sharing among viewers', 'sprat' ), "<select id=\"sprat-p2p\" name=\"sprat[p2p]\">$options</select>", __( 'Viewers who share see each other’s network address, and so does the tracker.', 'sprat' ) );
	field( 'trackers', __( 'Trackers', 'sprat' ), '', $now['trackers'], 'wss://… wss://…' );
	field( 'ice', __( 'STUN and TURN servers', 'sprat' ), '', $now['ice'], 'stun:… turn:…' );
	echo '</table>';
	submit_button();
	echo '</form></div>';
}

/** For an address, which runs from left to right in every language. */
function field( $name, $label, $help, $value, $example = 'https://…' ) {
	row( $name, $label, sprintf( '<input type="text" dir="ltr" class="regular-text code" id="sprat-%1$s" name="sprat[%1$s]" value="%2$s" placeholder="%3$s">', esc_attr( $name ), esc_attr( $value ), esc_attr( $example ) ), $help );
}

/** `$control` is HTML whose values are escaped; the rest is text. */
function row( $name, $label, $control, $help ) {
	$help = '' === $help ? '' : '<p class="description">' . esc_html( $help ) . '</p>';
	printf( '<tr><th scope="row"><label for="sprat-%s">%s</label></th><td>%s%s</td></tr>', esc_attr( $name ), esc_html( $label ), $control, $help ); // phpcs:ignore WordPress.Security.EscapeOutput
}
