//! Behind each figure of the seats stand as many people as it says.

use super::*;
use crate::insights::products;

#[test]
fn the_people_behind_a_figure_are_as_many_as_it_counts() {
    let mut random = ChaCha8Rng::seed_from_u64(9);
    let people: Vec<UserRecord> = (0..900).map(|n| anybody(&mut random, n)).collect();
    let mut snapshot = Snapshot::new();
    for person in &people {
        snapshot.push(person);
    }
    let figures = products(&snapshot, &sites(), NOW);
    assert_eq!(figures.len(), PRODUCTS.len() * SITES.len());
    let mut roster = roster(&people);
    for ((product, site), figures) in figures {
        // As the page asks for them.
        let people_of = |seats: &[Seat]| Filter {
            status: vec!["active".into(), "unknown".into()],
            products: vec![product.clone()],
            sites: vec![site.clone()],
            seats: seats.to_vec(),
            ..Filter::default()
        };
        for (seats, expected) in [
            (&[][..], figures.people),
            (&[Seat::Taken], figures.seats),
            (&[Seat::Unknown], figures.seats_unknown),
            (
                &[Seat::None],
                figures.people - figures.seats - figures.seats_unknown,
            ),
            (
                &[Seat::Taken, Seat::Unknown],
                figures.seats + figures.seats_unknown,
            ),
        ] {
            assert!(expected > 5, "{product} on {site}: {seats:?}");
            let shown = roster.filter(people_of(seats)).unwrap();
            assert_eq!(shown, expected, "{product} on {site}: {seats:?}");
        }
    }
}

#[test]
fn a_seat_is_asked_for_on_the_access_that_is_meant() {
    let on = |seat, site| Access {
        seat,
        ..access(0, site, Activity::Never)
    };
    // A seat on the one site, and none on the other.
    let somebody = UserRecord {
        access: Some(vec![on(Some(true), 0), on(Some(false), 1)]),
        ..person("a")
    };
    let mut roster = roster(&[somebody, person("accesses not known")]);
    for (site, seat, expected) in [
        (None, Seat::Taken, 1),
        (None, Seat::None, 1),
        (None, Seat::Unknown, 0),
        (Some("1"), Seat::Taken, 1),
        (Some("1"), Seat::None, 0),
        (Some("2"), Seat::Taken, 0),
        (Some("2"), Seat::None, 1),
    ] {
        let filter = Filter {
            sites: site.map(String::from).into_iter().collect(),
            seats: vec![seat],
            ..Filter::default()
        };
        let shown = roster.filter(filter).unwrap();
        assert_eq!(shown, expected, "{seat:?} on {site:?}");
    }
}
