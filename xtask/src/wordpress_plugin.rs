//! `dist/sprat-wordpress.zip`: the plugin with this player in it, as WordPress installs it. `www/wordpress.mjs` puts it
//! together; what it does stands in `docs/recipes.md`.

use crate::run::{Outcome, node, quiet};
use crate::{archive, tree};

/// From the site as it is.
pub(crate) fn pack() -> Outcome {
    let folder = tree::root().join("target/wordpress");
    quiet(node(tree::root().join("www/wordpress.mjs")).arg(&folder))?;
    archive::pack(&folder, &tree::root().join("dist/sprat-wordpress.zip"))
}
