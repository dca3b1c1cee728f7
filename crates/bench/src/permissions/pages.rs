//! Pages under a scope from ten grants and a condition, beside one from a single grant.

use directory::permission::scope;
use directory::{Act, Directory, Grant};
use store::{Config, Scope, Store};

use super::world::{DAY, PARTS, account, coded, head_of, holder, part_of};
use crate::bare::Peer;
use crate::figure::Figure;
use crate::options::Options;
use crate::pages::{Shape, shapes};
use crate::place::Engine;
use crate::{Failure, dataset, records, turns};

/// The same units reached by ten grants, one of them under a condition, and by one.
pub(crate) async fn measure(
    engine: &Engine,
    options: &Options,
    directory: &Directory,
    config: &Config,
    store: &Store,
) -> Result<Vec<Figure>, Failure> {
    let peer = Peer::connect(config).await?;
    let depths = options.scaled(300, 60);
    let mut figures = Vec::new();
    for (place, shape) in shapes().into_iter().enumerate() {
        let cursors = shape.cursors(&peer, depths).await?;
        let query = |scope: &Scope, turn: usize| {
            shape.query(scope.clone(), cursors[turn % cursors.len()].clone())
        };
        for condition in [Condition::HidesNothing, Condition::HidesSome] {
            let (ten, one) = scopes(directory, &shape, place, condition).await?;
            let taken = turns::take(
                depths,
                async |turn| {
                    store.list(&query(&ten, turn)).await?;
                    Ok(())
                },
                async |turn| {
                    store.list(&query(&one, turn)).await?;
                    Ok(())
                },
            )
            .await?;
            figures.push(taken.figure(
                engine,
                format!(
                    "50-row page of {}, scope from ten grants and a condition{}: {}",
                    dataset::size_text(options),
                    condition.named(),
                    shape.name
                ),
                "the scope from one grant",
                condition.needed(),
                15.0,
            ));
        }
    }
    Ok(figures)
}

/// What the condition among the ten grants does to the page.
#[derive(Clone, Copy)]
enum Condition {
    /// Both scopes reach the same records: what is measured is ten grants and a condition.
    HidesNothing,
    /// The page has to look at more records than it shows, whatever the scope costs: shown, with
    /// nothing needed, for one grant that hides nothing looks at fewer.
    HidesSome,
}

impl Condition {
    fn named(self) -> &'static str {
        match self {
            Self::HidesNothing => "",
            Self::HidesSome => " that hides records",
        }
    }

    fn needed(self) -> Option<f64> {
        match self {
            Self::HidesNothing => Some(1.2),
            Self::HidesSome => None,
        }
    }

    /// The end of a role's code.
    fn suffix(self) -> &'static str {
        match self {
            Self::HidesNothing => "_each",
            Self::HidesSome => "_some",
        }
    }
}

async fn scopes(
    directory: &Directory,
    shape: &Shape,
    place: usize,
    condition: Condition,
) -> Result<(Scope, Scope), Failure> {
    let tree = coded("sees_tree")?;
    let of_part = |part| part_of(place.min(2), part);
    let mut ten: Vec<Grant> = (0..PARTS - 1)
        .map(|part| Grant::new(tree, of_part(part)))
        .collect();
    let (kind, under, single) = if shape.units.is_some() {
        ("sees_tree", of_part(PARTS - 1), head_of(place))
    } else {
        ("sees_whole", head_of(0), head_of(0))
    };
    let conditional = coded(&format!("{kind}{}", condition.suffix()))?;
    ten.push(Grant::new(conditional, under));
    let one = Grant::new(coded(kind)?, single);
    let number = 100_000 + u32::try_from(place)? * 2;
    let ten = directory
        .permitted_on(holder(account(number), ten), DAY)
        .await?;
    let one = directory
        .permitted_on(holder(account(number + 1), vec![one]), DAY)
        .await?;
    Ok((
        scope(&ten, Act::Read, records::TABLE, None),
        scope(&one, Act::Read, records::TABLE, None),
    ))
}
