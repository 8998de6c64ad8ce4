//! Reading the conditions on product accesses, activity and age.

use super::json::Node;
use super::reader::{Fields, Reader};
use super::{AccessHeld, Added, Idle, NeverActive, OnlyOnce, Selection};

impl Reader {
    pub(super) fn idle(&mut self, node: &Node, path: &str) -> Option<Idle> {
        let names = ["longerThan", "products", "sites"];
        let fields = self.fields(node, path, &names, &["longerThan"])?;
        let longer_than = self.field(&fields, "longerThan", Reader::some_span);
        let selection = self.selection(&fields);
        Some(Idle {
            longer_than: longer_than?,
            selection,
        })
    }

    pub(super) fn never_active(&mut self, node: &Node, path: &str) -> Option<NeverActive> {
        let names = ["addedMoreThan", "products", "sites"];
        let fields = self.fields(node, path, &names, &["addedMoreThan"])?;
        let added_more_than = self.field(&fields, "addedMoreThan", Reader::some_span);
        let selection = self.selection(&fields);
        Some(NeverActive {
            added_more_than: added_more_than?,
            selection,
        })
    }

    pub(super) fn only_once(&mut self, node: &Node, path: &str) -> Option<OnlyOnce> {
        let names = ["within", "addedMoreThan", "products", "sites"];
        let fields = self.fields(node, path, &names, &["within", "addedMoreThan"])?;
        let within = self.field(&fields, "within", Reader::some_span);
        let added_more_than = self.field(&fields, "addedMoreThan", Reader::some_span);
        let selection = self.selection(&fields);
        Some(OnlyOnce {
            within: within?,
            added_more_than: added_more_than?,
            selection,
        })
    }

    pub(super) fn added(&mut self, node: &Node, path: &str) -> Option<Added> {
        let fields = self.fields(node, path, &["moreThan", "lessThan"], &[])?;
        if !fields.has("moreThan") && !fields.has("lessThan") {
            self.error(
                path,
                "missing-field",
                "`moreThan`, `lessThan` or both are required",
            );
        }
        let more_than = self.field(&fields, "moreThan", Reader::some_span);
        let less_than = self.field(&fields, "lessThan", Reader::some_span);
        Some(Added {
            more_than,
            less_than,
        })
    }

    pub(super) fn access(&mut self, node: &Node, path: &str) -> Option<AccessHeld> {
        let fields = self.fields(node, path, &["products", "sites", "billable"], &[])?;
        let selection = self.selection(&fields);
        let billable = self.field(&fields, "billable", Reader::boolean);
        Some(AccessHeld {
            selection,
            billable,
        })
    }

    fn selection(&mut self, fields: &Fields<'_>) -> Selection {
        Selection {
            products: self.field(fields, "products", Reader::names),
            sites: self.field(fields, "sites", Reader::names),
        }
    }

    pub(super) fn names(&mut self, node: &Node, path: &str) -> Option<Vec<String>> {
        self.each(node, path, Reader::text)
    }
}
