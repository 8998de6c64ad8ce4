//! Reading the terms on which a policy's runs act: seat pool, limits, confirmation, report.

use super::json::Node;
use super::reader::Reader;
use super::{Confirm, Keep, Limits, Report, ReportWhen};

impl Reader {
    pub(super) fn keep(&mut self, node: &Node, path: &str) -> Option<Keep> {
        let names = ["product", "site", "seats"];
        let fields = self.fields(node, path, &names, &names)?;
        let product = self.field(&fields, "product", Reader::text);
        let site = self.field(&fields, "site", Reader::text);
        let seats = self.field(&fields, "seats", |reader, node, path| {
            reader.whole(node, path, 0, 1_000_000)
        });
        Some(Keep {
            product: product?,
            site: site?,
            seats: seats?,
        })
    }

    pub(super) fn limits(&mut self, node: &Node, path: &str) -> Option<Limits> {
        let fields = self.fields(node, path, &["users", "percent"], &[])?;
        let users = self.field(&fields, "users", |reader, node, path| {
            reader.whole(node, path, 1, 1_000_000)
        });
        let percent = self.field(&fields, "percent", |reader, node, path| {
            reader.whole(node, path, 1, 100)
        });
        let default = Limits::default();
        Some(Limits {
            users: users.unwrap_or(default.users),
            percent: percent.unwrap_or(default.percent),
        })
    }

    pub(super) fn confirm(&mut self, node: &Node, path: &str) -> Option<Confirm> {
        let names = ["readings", "apart"];
        let fields = self.fields(node, path, &names, &names)?;
        let readings = self.field(&fields, "readings", |reader, node, path| {
            reader.whole(node, path, 1, 10)
        });
        let apart = self.field(&fields, "apart", Reader::some_span);
        Some(Confirm {
            readings: readings?,
            apart: apart?,
        })
    }

    pub(super) fn report(&mut self, node: &Node, path: &str) -> Option<Report> {
        let fields = self.fields(node, path, &["to", "when"], &["to"])?;
        let to = self.field(&fields, "to", |reader, node, path| {
            reader.each(node, path, Reader::text)
        });
        let when = self.field(&fields, "when", |reader, node, path| {
            let what = ("wrong-report", "choice of runs");
            reader.choice(node, path, what, &ReportWhen::ALL)
        });
        Some(Report {
            to: to?,
            when: when.unwrap_or_default(),
        })
    }
}
