// The block in the editor: fields for what the shortcode has attributes for. Nothing is played there; the page is drawn by
// PHP, from these attributes. Plain script over WordPress' own packages, so that there is nothing to build.
( ( { blocks, blockEditor, components, element, i18n } ) => {
	const { createElement: h, Fragment } = element
	const { __ } = i18n

	// Addresses and times run from left to right, whatever the language does.
	const machine = ( name, label, placeholder ) => ( { name, label, dir: 'ltr', placeholder } )

	/** What is to be played, and what is said of it. */
	const FIELDS = [
		machine( 'src', __( 'Address of an HLS playlist or a file', 'sprat' ) ),
		machine( 'list', __( 'or of a list', 'sprat' ) ),
		machine( 'peertube', __( 'or of a video or a playlist on PeerTube', 'sprat' ) ),
		{ name: 'title', label: __( 'Title', 'sprat' ), dir: 'auto' },
	]
	const MORE = [
		machine( 'poster', __( 'Poster', 'sprat' ) ),
		machine( 'start', __( 'Start', 'sprat' ), '1m30s' ),
		machine( 'stop', __( 'Stop', 'sprat' ), '2m' ),
		machine( 'integrity', __( 'Digests', 'sprat' ) ),
		machine( 'trackers', __( 'Trackers', 'sprat' ), 'wss://… wss://…' ),
	]

	blocks.registerBlockType( 'sprat/video', {
		edit( { attributes, setAttributes } ) {
			const field = ( { name, ...said } ) => h( components.TextControl, { key: name, ...said, value: attributes[ name ], onChange: value => setAttributes( { [ name ]: value } ) } )
			const sharing = h( components.SelectControl, {
				label: __( 'Sharing among viewers', 'sprat' ),
				value: attributes.p2p,
				options: [
					{ value: '', label: __( 'As the site has it', 'sprat' ) },
					{ value: 'ask', label: __( 'Visitors are asked', 'sprat' ) },
					{ value: 'off', label: __( 'Never', 'sprat' ) },
				],
				onChange: p2p => setAttributes( { p2p } ),
			} )
			return h( Fragment, null,
				h( blockEditor.InspectorControls, null, h( components.PanelBody, { title: __( 'Video', 'sprat' ) }, MORE.map( field ), sharing ) ),
				h( 'div', blockEditor.useBlockProps(), h( components.Placeholder, { icon: 'format-video', label: 'Sprat' }, h( 'div', null, FIELDS.map( field ) ) ) ),
			)
		},
		save: () => null,
	} )
} )( window.wp )
