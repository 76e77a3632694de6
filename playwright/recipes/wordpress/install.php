<?php
/**
 * Installs WordPress in an empty database, with the plugin and posts, and prints their addresses as JSON. Run in a folder of
 * WordPress that has its wp-config.php. Nothing is mailed.
 */

define( 'WP_INSTALLING', true );
require './wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';

function wp_mail() {
	return true;
}

wp_install( 'Films & "more"', 'admin', 'admin@example.org', false, '', 'secret' );
update_option( 'template', 'plain' );
update_option( 'stylesheet', 'plain' );
$refused = activate_plugin( 'sprat/sprat.php' );
$author  = wp_insert_user( array( 'user_login' => 'author', 'user_pass' => 'secret', 'role' => 'author' ) );

$posts = array();
foreach ( json_decode( stream_get_contents( STDIN ), true ) as $name => $content ) {
	// As an author saves it: without unfiltered_html, so WordPress takes out of it what it takes out.
	wp_set_current_user( $author );
	kses_init();
	$posts[ $name ] = wp_insert_post(
		wp_slash(
			array(
				'post_title'   => $name,
				'post_content' => $content,
				'post_status'  => 'publish',
				'post_author'  => $author,
			)
		),
		true
	);
}
echo json_encode(
	array(
		'version' => $GLOBALS['wp_version'],
		'refused' => is_wp_error( $refused ) ? $refused->get_error_message() : null,
		'posts'   => $posts,
	)
);
