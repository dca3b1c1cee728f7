//! What a map of a kind draws: as a view of the pack says, or its first shape.

use pack::declaration::{Public, View, ViewKind};
use store::Scope;

use super::super::Systems;
use super::super::kind::Kind;
use super::Audience;
use crate::{Registry, RegistryError};

/// A layer of a map.
#[derive(Clone, Debug)]
pub struct Layer<'a> {
    /// The kind of record.
    pub kind: &'a Kind,
    /// The field that is drawn.
    pub shape: &'static str,
    /// The view that says so, if one does.
    pub view: Option<&'a View>,
    /// What the pack publishes of the kind.
    pub public: Option<&'a Public>,
}

impl Systems {
    /// The layer of a kind that a view with this id declares, or the first one; none if nothing of
    /// the kind is drawn.
    pub fn layer<'a>(&'a self, kind: &'a Kind, view: &str) -> Option<Layer<'a>> {
        let declared = &self.record(kind).declared;
        let mut maps = declared
            .views
            .iter()
            .filter(|view| *view.kind == ViewKind::Map);
        let view = maps
            .clone()
            .find(|known| *known.id.text == *view)
            .or_else(|| maps.next());
        let named = view.and_then(|view| view.shape.as_ref());
        let name = if let Some(name) = named {
            name.text.as_str()
        } else {
            let mut fields = declared.fields.iter().map(|field| field.id.text.as_str());
            fields.find(|name| kind.draws(name))?
        };
        let shape = kind.drawn(name)?;
        Some(Layer {
            kind,
            shape,
            view,
            public: declared.public.as_ref(),
        })
    }
}

impl<'a> Layer<'a> {
    /// The layer as anybody may see it; none if the pack does not publish the shape.
    pub fn published(self) -> Option<Self> {
        let mut fields = self.public?.fields.iter();
        fields
            .any(|field| *field.text == *self.shape)
            .then_some(self)
    }

    /// What the view colours by: a field, or `state`.
    pub fn coloured_by(&self, audience: Audience<'_>) -> Option<&'a str> {
        let named = self.view.and_then(|view| view.colour.as_ref());
        let named = named.map_or("state", |name| name.text.as_str());
        let is_shown = match audience {
            // Whose records hide a field is not asked one by one: then all are drawn alike.
            Audience::Reader(principal) => {
                named == "state" || !principal.permissions().hides_any(self.kind.name, named)
            }
            Audience::Public => self
                .public
                .is_some_and(|public| public.fields.iter().any(|field| *field.text == *named)),
        };
        is_shown.then_some(named)
    }

    /// The column of that.
    pub(super) fn colour(&self, audience: Audience<'_>) -> Option<&'static str> {
        match self.coloured_by(audience)? {
            "state" => Some("state"),
            name => self.kind.column(name),
        }
    }
}

impl Registry {
    /// The records that a pack publishes.
    pub(super) fn published(&self, layer: &Layer<'_>) -> Result<Scope, RegistryError> {
        match layer.public {
            Some(public) => self.public_scope(layer.kind, public.when.as_ref()),
            None => Ok(Scope::nothing()),
        }
    }
}
