<?php
/** What block.js needs to be there before it; it is written by hand, for there is no build step. */

return array(
	'dependencies' => array( 'wp-blocks', 'wp-block-editor', 'wp-components', 'wp-element', 'wp-i18n' ),
	'version'      => '0.1.0',
);
