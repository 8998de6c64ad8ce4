//! Seats over time and what they cost.

use std::time::Duration;

use seatkeeper::app::admin::{Answer, Command, Trend};
use seatkeeper::app::records::Price;

use crate::scene::Scene;

fn trend(scene: &Scene) -> Trend {
    match scene.order(Command::Trend { cursor: None }) {
        Answer::Trend(trend) => trend,
        other => panic!("{other:?}"),
    }
}

/// Keys end after a year.
fn connect_anew(scene: &Scene) {
    let kind = cloud::admin_api::KeyKind::WithoutScopes;
    let api_key = scene
        .world
        .cloud
        .borrow_mut()
        .create_key(kind, &scene.first);
    let organization_id = scene.world.cloud.borrow().organization().id.clone();
    scene.order(Command::Connect {
        organization_id,
        api_key,
        owner: None,
        expires: None,
    });
}

#[test]
fn each_day_of_a_reading_has_one_point_of_the_figures_that_were_shown() {
    let scene = Scene::new(71, 200, |_| {});
    for days in [0, 0, 1, 30, 430] {
        let time = Duration::from_secs(days * 86_400 + 7_200);
        scene.world.cloud.borrow().clock().advance(time);
        if days > 365 {
            connect_anew(&scene);
        }
        scene.order(Command::StartSync {});
        scene.world.deliver_all();
        let Answer::Overview(overview) = scene.order(Command::Overview {}) else {
            panic!("no overview")
        };
        let shown = overview.reading.snapshot.expect("a snapshot");
        let newest = trend(&scene).months.remove(0);
        for product in &shown.products {
            let place = newest
                .places
                .iter()
                .find(|place| (&place.product, &place.site) == (&product.product, &product.site));
            let place = place.expect("a place");
            assert_eq!(place.people.last(), Some(&product.people));
            assert_eq!(place.idle.last(), Some(&product.idle));
            assert_eq!(place.seats.last(), Some(&product.seats));
            assert_eq!(place.days.len(), place.people.len());
        }
        let months: Vec<(String, usize)> = trend(&scene)
            .months
            .iter()
            .map(|month| (month.month.clone(), month.places[0].days.len()))
            .collect();
        let expected: &[(&str, usize)] = match days {
            0 => &[("2026-11", 1)],
            1 => &[("2026-11", 2)],
            30 => &[("2026-12", 1), ("2026-11", 2)],
            _ => &[("2028-02", 1)],
        };
        let expected: Vec<(String, usize)> = expected
            .iter()
            .map(|(month, days)| (String::from(*month), *days))
            .collect();
        assert_eq!(months, expected);
    }
    // What is older than 400 days is not only left out.
    let cloud = scene.world.cloud.borrow();
    let stored = cloud.stored().plain(cloud.now()).into_iter();
    let kept = stored.filter(|(key, _)| key.starts_with("trend:"));
    assert_eq!(kept.count(), 1);
}

#[test]
fn prices_are_an_administrators_word() {
    let scene = Scene::new(72, 60, |_| {});
    let price = Price {
        product: "jira-software".into(),
        site: None,
        per_seat: 815,
        currency: "EUR".into(),
        tier_edges: vec![100, 250],
    };
    let of_a_site = Price {
        site: Some("a.atlassian.net".into()),
        ..price.clone()
    };
    let prices = vec![price.clone(), of_a_site];
    let Answer::Settings(saved) = scene.order(Command::SetPrices {
        prices: prices.clone(),
    }) else {
        panic!("no settings")
    };
    assert_eq!(saved.settings.prices, prices);
    for wrong in [
        vec![price.clone(), price.clone()],
        vec![Price {
            currency: "euro".into(),
            ..price.clone()
        }],
        vec![Price {
            tier_edges: vec![250, 250],
            ..price.clone()
        }],
        vec![Price {
            product: String::new(),
            ..price
        }],
    ] {
        let refusal = scene.refused(&scene.first, Command::SetPrices { prices: wrong });
        assert_eq!(refusal.code, "invalid");
    }
}
