//! Many shapes, for every reader.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_tile_shows_what_a_naive_look_says() {
    let mut on_each: Vec<Vec<Vec<u8>>> = Vec::new();
    for place in places_of(plots(), 61).await {
        let registry = &place.registry;
        let kind = place.systems.find("plots", "plot").unwrap();
        let units = registry.directory().units().await.unwrap();
        let mut communes: Vec<Id> = units
            .iter()
            .filter(|unit| unit.kind == UnitKind::Commune)
            .map(|unit| unit.id)
            .collect();
        communes.sort_unstable();
        communes.truncate(12);
        let keeper = place.somebody(1, &[("plots.keeper", province())]).await;
        let mut dice = Dice(11);
        let mut records: Vec<Record> = Vec::new();
        for at in 0..160_u64 {
            let unit = communes[usize::try_from(dice.next() % 12).unwrap()];
            let code = ["rice", "fruit"][usize::try_from(dice.next() % 2).unwrap()];
            let said = json!({ "name": format!("Thửa {at}"), "kind": code, "ground": dice.star() });
            let mut record = make(&place, &keeper, unit, said).await;
            if dice.next().is_multiple_of(2) {
                record = publish(&place, &keeper, record.id, "publish").await;
            }
            records.push(record);
        }
        // One that was there and is no more, and one without a shape.
        let gone = make(
            &place,
            &keeper,
            communes[0],
            json!({ "name": "Bỏ", "ground": dice.star() }),
        )
        .await;
        registry
            .discard(&page(&keeper), kind, gone.id, 1)
            .await
            .unwrap();
        make(
            &place,
            &keeper,
            communes[0],
            json!({ "name": "Không hình" }),
        )
        .await;

        let few = [("plots.reader", communes[3]), ("plots.reader", communes[7])];
        let readers = [
            keeper.clone(),
            place.somebody(2, &[("plots.reader", communes[0])]).await,
            place.somebody(3, &few).await,
            Principal::public(),
        ];
        let layer = place.systems.layer(kind, "map").unwrap();
        let published = layer.clone().published().unwrap();
        let rice = Wanted {
            filters: vec![("kind".to_owned(), json!("rice"))],
            ..Wanted::default()
        };
        let open = Wanted {
            state: Some("open".to_owned()),
            ..Wanted::default()
        };
        let mut seen: Vec<Vec<u8>> = Vec::new();
        let mut count = 0;
        for (who, reader) in readers.iter().enumerate() {
            for (narrowed, wanted) in [Wanted::default(), rice.clone(), open.clone()]
                .iter()
                .enumerate()
            {
                let is_public = reader.account.is_none();
                let (audience, layer) = if is_public {
                    (Audience::Public, &published)
                } else {
                    (Audience::Reader(reader), &layer)
                };
                let visible = |record: &Record| {
                    let by_right = if is_public {
                        record.state == "open"
                    } else {
                        registry.may(reader, Act::Read, kind.name, record)
                    };
                    by_right
                        && (narrowed != 1 || record.body["kind"] == "rice")
                        && (narrowed != 2 || record.state == "open")
                };
                let zooms = [6, 9, 11, 12, 13, 15, 17];
                for at in zooms {
                    for _ in 0..5 {
                        let asked =
                            tile_of(at, 105.65 + dice.share() * 0.4, 9.85 + dice.share() * 0.4);
                        let bytes = tile(registry, audience, layer, wanted, asked).await;
                        let found = drawn(&bytes);
                        let (inner, outer) = (square(asked, -8), square(asked, 80));
                        for record in &records {
                            let shape = geometry::geojson::of_body(&record.body["ground"]).unwrap();
                            let is_drawn = found.contains(&number(record.id));
                            let (low, high) = shape.bounds();
                            let (low, high) = (Spot::from(low), Spot::from(high));
                            let unit = i64::from(asked.side()) / 4_096;
                            let wide = i64::from((high.x - low.x).max(low.y - high.y));
                            let told =
                                format!("{} {who} {narrowed} {asked:?} {record:?}", place.name);
                            if is_drawn {
                                assert!(visible(record), "not to be seen: {told}");
                                assert!(meeting::shapes_meet(&shape, &outer), "elsewhere: {told}");
                            } else if visible(record) && wide > 40 * unit.max(1) {
                                assert!(!meeting::shapes_meet(&shape, &inner), "left out: {told}");
                            } else if visible(record) && wide < 12 * unit {
                                let middle = Spot::from(shape.middle());
                                let own = asked.corner();
                                let inside = middle.x >= own.x + 16
                                    && middle.y >= own.y + 16
                                    && middle.x < own.x + asked.side() - 16
                                    && middle.y < own.y + asked.side() - 16;
                                assert!(!inside || unit < 16, "no dot: {told}");
                            }
                        }
                        count += found.len();
                        seen.push(bytes);
                    }
                }
            }
        }
        assert!(count > 1_000, "{count}");
        on_each.push(seen);
    }
    // The same bytes on both engines.
    assert!(on_each.windows(2).all(|pair| pair[0] == pair[1]));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_shapes_a_dot_stands_in_each_square() {
    for place in places_of(plots(), 64).await {
        let registry = &place.registry;
        let kind = place.systems.find("plots", "plot").unwrap();
        let units = registry.directory().units().await.unwrap();
        let communes: Vec<Id> = units
            .iter()
            .filter(|unit| unit.kind == UnitKind::Commune)
            .map(|unit| unit.id)
            .collect();
        let keeper = place.somebody(1, &[("plots.keeper", province())]).await;
        let mut dice = Dice(5);
        let mut spots: Vec<(Id, Spot)> = Vec::new();
        let mut making = tokio::task::JoinSet::new();
        for at in 0..2_900_u64 {
            let unit = communes[usize::try_from(dice.next() % 90).unwrap()];
            let (lon, lat) = (105.7 + dice.share() * 0.2, 9.9 + dice.share() * 0.2);
            let ground = format!(
                "{lon:.6} {lat:.6}\n{:.6} {lat:.6}\n{lon:.6} {:.6}",
                lon + 1e-4,
                lat + 1e-4
            );
            let new = NewRecord {
                unit: Some(unit),
                fields: fields(
                    json!({ "name": format!("{at}"), "kind": "rice", "ground": ground }),
                ),
                ..NewRecord::default()
            };
            let (registry, keeper, systems) =
                (registry.clone(), keeper.clone(), place.systems.clone());
            making.spawn(async move {
                let kind = systems.find("plots", "plot").unwrap();
                registry
                    .make(&page(&keeper), kind, new)
                    .await
                    .unwrap()
                    .record
            });
        }
        while let Some(record) = making.join_next().await {
            let record = record.unwrap();
            let shape = geometry::geojson::of_body(&record.body["ground"]).unwrap();
            spots.push((record.unit, Spot::from(shape.middle())));
        }
        let layer = place.systems.layer(kind, "map").unwrap();
        let few: Vec<(&str, Id)> = communes
            .iter()
            .take(80)
            .map(|unit| ("plots.reader", *unit))
            .collect();
        let many = place.somebody(2, &few).await;
        let asked = tile_of(8, 105.8, 10.0);
        for (reader, sees) in [(&keeper, 90), (&many, 80)] {
            let seen: Vec<Spot> = spots
                .iter()
                .filter(|(unit, _)| communes.iter().position(|known| known == unit).unwrap() < sees)
                .map(|(_, spot)| *spot)
                .filter(|spot| {
                    spot.x >> 22 == asked.corner().x >> 22 && spot.y >> 22 == asked.corner().y >> 22
                })
                .collect();
            let squares: BTreeSet<(i32, i32)> = seen
                .iter()
                .map(|spot| (spot.x >> 16, spot.y >> 16))
                .collect();
            let bytes = tile(
                registry,
                Audience::Reader(reader),
                &layer,
                &Wanted::default(),
                asked,
            )
            .await;
            let layers = read_tile(&bytes);
            if seen.len() > 2_500 {
                assert_eq!(layers["grid"].len(), squares.len(), "{}", place.name);
            } else {
                assert_eq!(layers["dots"].len(), seen.len(), "{}", place.name);
            }
        }
    }
}
