//! The steering manifest (RFC 8216bis §7.2): which servers ("pathways") to prefer, for how long, and which are copies of
//! known ones under another name. JSON comes in, bounded in size, depth and number; what makes no sense is passed over.

use miniserde::de::{Deserialize, Map, Seq, Visitor};
use miniserde::json;

/// The longest manifest read; real ones have 1 KB.
const MAX_TEXT: usize = 64 << 10;
/// Levels of lists and objects: four are in use.
const MAX_DEPTH: u8 = 6;
/// Pathways, copies, parameters: each list.
const MAX_ITEMS: usize = 64;
/// In seconds, where the manifest says nothing (§7.2).
const USUAL_TTL: u64 = 300;
/// No server is asked more often than this, or less often than once a day.
const TTL: core::ops::RangeInclusive<u64> = 10..=86_400;

/// What a steering server says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// `TTL`: seconds until it is to be asked again.
    pub ttl: u64,
    /// `RELOAD-URI`, as written: where.
    pub reload: Option<String>,
    /// `PATHWAY-PRIORITY`: the best first.
    pub priority: Vec<String>,
    /// `PATHWAY-CLONES`.
    pub clones: Vec<PathwayClone>,
}

/// A pathway that is a copy of another (RFC 8216bis §7.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathwayClone {
    /// `BASE-ID`: of which.
    pub base: String,
    /// `ID`: its own name.
    pub id: String,
    host: String,
    params: Vec<(String, String)>,
    variants: Vec<(String, String)>,
    renditions: Vec<(String, String)>,
}

impl Manifest {
    /// Reads it; none when it is no manifest.
    #[must_use]
    pub fn read(text: &[u8]) -> Option<Self> {
        let text = core::str::from_utf8(text).ok().filter(|t| t.len() <= MAX_TEXT)?;
        let manifest: Tree = json::from_str(text).ok()?;
        let priority = manifest.get("PATHWAY-PRIORITY")?.items().iter().filter_map(Tree::text);
        let clones = manifest.get("PATHWAY-CLONES").map_or(&[][..], Tree::items);
        Some(Self {
            ttl: match manifest.get("TTL") {
                Some(Tree::Number(n)) => (*n).clamp(*TTL.start(), *TTL.end()),
                _ => USUAL_TTL,
            },
            reload: manifest.get("RELOAD-URI").and_then(Tree::text),
            priority: priority.collect(),
            clones: clones.iter().filter_map(PathwayClone::of).collect(),
        })
    }
}

impl PathwayClone {
    fn of(tree: &Tree) -> Option<Self> {
        let rules = tree.get("URI-REPLACEMENT")?;
        let pairs = |name: &str| {
            let fields = rules.get(name).map_or(&[][..], Tree::fields);
            fields.iter().filter_map(|(name, value)| Some((name.clone(), value.text()?))).collect()
        };
        Some(Self {
            base: tree.get("BASE-ID")?.text()?,
            id: tree.get("ID")?.text()?,
            host: rules.get("HOST").and_then(Tree::text).unwrap_or_default(),
            params: pairs("PARAMS"),
            variants: pairs("PER-VARIANT-URIS"),
            renditions: pairs("PER-RENDITION-URIS"),
        })
    }

    /// Where a variant of the base is here; `stable_id` may be empty.
    #[must_use]
    pub fn variant_url(&self, url: &str, stable_id: &str) -> String {
        self.replaced(url, stable_id, &self.variants)
    }

    /// Where a rendition of the base is here.
    #[must_use]
    pub fn rendition_url(&self, url: &str, stable_id: &str) -> String {
        self.replaced(url, stable_id, &self.renditions)
    }

    fn replaced(&self, url: &str, stable_id: &str, named: &[(String, String)]) -> String {
        let own = named.iter().find(|(id, _)| !stable_id.is_empty() && id == stable_id);
        let mut url = own.map_or(url, |(_, url)| url).split('#').next().unwrap_or_default().to_owned();
        if own.is_none()
            && !self.host.is_empty()
            && let Some((scheme, rest)) = url.split_once(':')
            && let Some(rest) = rest.strip_prefix('/').and_then(|rest| rest.strip_prefix('/'))
        {
            let path = rest.find(['/', '?']).map_or("", |at| rest.get(at..).unwrap_or_default());
            url = [scheme, "://", &self.host, path].concat();
        }
        for (name, value) in &self.params {
            let (path, query) = url.split_once('?').unwrap_or((&url, ""));
            let others = query.split('&').filter(|p| !p.is_empty() && p.split('=').next() != Some(name));
            let mut replaced = [path, "?"].concat();
            others.for_each(|pair| replaced.extend([pair, "&"]));
            replaced.extend([name.as_str(), "=", value]);
            url = replaced;
        }
        url
    }
}

/// Any JSON, as far as it can matter here.
enum Tree {
    /// Nothing yet, or nothing of use; so many levels are allowed below.
    Nothing(u8),
    Text(String),
    Number(u64),
    Items(Vec<Self>),
    Fields(Vec<(String, Self)>),
}

impl Tree {
    fn get(&self, name: &str) -> Option<&Self> {
        self.fields().iter().find(|(n, _)| n == name).map(|(_, value)| value)
    }

    fn text(&self) -> Option<String> {
        if let Self::Text(text) = self { Some(text.clone()) } else { None }
    }

    fn items(&self) -> &[Self] {
        if let Self::Items(items) = self { items } else { &[] }
    }

    fn fields(&self) -> &[(String, Self)] {
        if let Self::Fields(fields) = self { fields } else { &[] }
    }

    /// The levels allowed below this one; an error where there are none.
    fn below(&self) -> miniserde::Result<u8> {
        if let Self::Nothing(levels @ 1..) = self { Ok(levels - 1) } else { Err(miniserde::Error) }
    }
}

impl Deserialize for Tree {
    fn begin(out: &mut Option<Self>) -> &mut dyn Visitor {
        out.insert(Self::Nothing(MAX_DEPTH))
    }
}

impl Visitor for Tree {
    fn null(&mut self) -> miniserde::Result<()> {
        Ok(())
    }

    fn boolean(&mut self, _: bool) -> miniserde::Result<()> {
        Ok(())
    }

    fn string(&mut self, text: &str) -> miniserde::Result<()> {
        *self = Self::Text(text.to_owned());
        Ok(())
    }

    fn negative(&mut self, _: i64) -> miniserde::Result<()> {
        Ok(())
    }

    fn nonnegative(&mut self, number: u64) -> miniserde::Result<()> {
        *self = Self::Number(number);
        Ok(())
    }

    fn float(&mut self, number: f64) -> miniserde::Result<()> {
        *self = Self::Number(number as u64);
        Ok(())
    }

    fn seq(&mut self) -> miniserde::Result<Box<dyn Seq + '_>> {
        let below = self.below()?;
        Ok(Box::new(Children { tree: self, below, list: Vec::new() }))
    }

    fn map(&mut self) -> miniserde::Result<Box<dyn Map + '_>> {
        let below = self.below()?;
        Ok(Box::new(Children { tree: self, below, list: Vec::new() }))
    }
}

/// What is inside a list, without names, or an object.
struct Children<'a> {
    tree: &'a mut Tree,
    below: u8,
    list: Vec<(String, Tree)>,
}

impl Children<'_> {
    fn add(&mut self, name: &str) -> miniserde::Result<&mut dyn Visitor> {
        if self.list.len() == MAX_ITEMS {
            return Err(miniserde::Error);
        }
        self.list.push((name.to_owned(), Tree::Nothing(self.below)));
        let child = self.list.last_mut().map(|(_, child)| child as &mut dyn Visitor);
        child.ok_or(miniserde::Error)
    }
}

impl Seq for Children<'_> {
    fn element(&mut self) -> miniserde::Result<&mut dyn Visitor> {
        self.add("")
    }

    fn finish(&mut self) -> miniserde::Result<()> {
        let list = core::mem::take(&mut self.list);
        *self.tree = Tree::Items(list.into_iter().map(|(_, tree)| tree).collect());
        Ok(())
    }
}

impl Map for Children<'_> {
    fn key(&mut self, name: &str) -> miniserde::Result<&mut dyn Visitor> {
        self.add(name)
    }

    fn finish(&mut self) -> miniserde::Result<()> {
        *self.tree = Tree::Fields(core::mem::take(&mut self.list));
        Ok(())
    }
}
