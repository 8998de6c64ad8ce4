//! The report of accounts: who is closed, who has changed, what is refused.

use cloud::organization::AccountStatus;
use serde_json::{Value, json};

use crate::tenant::{Tenant, manifest};

fn report(tenant: &mut Tenant, accounts: &Value) -> (u16, Value) {
    let answer = tenant
        .cloud
        .report_accounts(&json!({ "accounts": accounts }));
    let response = answer.expect("no fault is set");
    (response.status, response.value())
}

#[test]
fn closed_and_changed_accounts_are_named() {
    let mut tenant = Tenant::new(|_| {});
    let mut declared = manifest();
    let people = tenant.cloud.organization().people.ordinary.clone();
    let named = |account: &str| json!({"accountId": account, "updatedAt": "2020-01-01T00:00:00Z"});
    let everybody = json!([named(&people[0]), named(&people[1])]);
    declared["permissions"]["scopes"] = json!(["storage:app"]);
    tenant.cloud.install(&declared).expect("a manifest");
    assert_eq!(report(&mut tenant, &everybody).0, 403);
    declared["permissions"]["scopes"] = json!(["report:personal-data"]);
    tenant.cloud.install(&declared).expect("a manifest");
    assert_eq!(report(&mut tenant, &everybody).0, 204);
    let close = |user: &mut cloud::organization::User| user.account_status = AccountStatus::Closed;
    tenant
        .cloud
        .change_user(&people[0], close)
        .expect("a person");
    tenant.cloud.change_profile(&people[1]);
    let (status, body) = report(&mut tenant, &everybody);
    assert_eq!(status, 200);
    let verdicts = json!([
        {"accountId": people[0], "status": "closed"},
        {"accountId": people[1], "status": "updated"},
    ]);
    assert_eq!(body["accounts"], verdicts);
    assert_eq!(tenant.cloud.reported().len(), 2);
    for wrong in [
        json!([]),
        json!(vec![named("a"); 91]),
        json!([{"accountId": "a"}]),
    ] {
        assert_eq!(report(&mut tenant, &wrong).0, 400);
    }
}
