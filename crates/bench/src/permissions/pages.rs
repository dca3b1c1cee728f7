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
        let (ten, one) = scopes(directory, &shape, place).await?;
        let cursors = shape.cursors(&peer, depths).await?;
        let query = |scope: &Scope, turn: usize| {
            shape.query(scope.clone(), cursors[turn % cursors.len()].clone())
        };
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
                "50-row page of {}, scope from ten grants and a condition: {}",
                dataset::size_text(options),
                shape.name
            ),
            "the scope from one grant",
            Some(1.2),
            15.0,
        ));
    }
    Ok(figures)
}

async fn scopes(
    directory: &Directory,
    shape: &Shape,
    place: usize,
) -> Result<(Scope, Scope), Failure> {
    let (tree, some) = (coded("sees_tree")?, coded("sees_some")?);
    let (all, some_of_all) = (coded("all_0")?, coded("all_1")?);
    let of_part = |part| part_of(place.min(2), part);
    let mut ten: Vec<Grant> = (0..PARTS - 1)
        .map(|part| Grant::new(tree, of_part(part)))
        .collect();
    let one = if shape.units.is_some() {
        ten.push(Grant::new(some, of_part(PARTS - 1)));
        Grant::new(tree, head_of(place))
    } else {
        ten.push(Grant::new(some_of_all, head_of(0)));
        Grant::new(all, head_of(0))
    };
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
