<?php
/** What the plugin has stored goes with it. */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

delete_option( 'sprat' );
