//! A report of every state of the practice tenant, written as a file and read
//! again, is the same report: what makes a foreign file safe costs our own
//! nothing.

use mail_setup_core::report;
use practice_tenant::TenantState;
use tokio::task::JoinSet;

use crate::bench::report_in;

#[tokio::test(flavor = "multi_thread")]
async fn every_report_is_read_as_it_was_written() {
    let mut runs = JoinSet::new();
    for (name, _) in TenantState::names() {
        runs.spawn(async move { (name, report_in(TenantState::named(name).unwrap()).await) });
    }
    for (name, written) in runs.join_all().await {
        let text = serde_json::to_string_pretty(&written).unwrap();
        assert_eq!(report::read(&text).unwrap(), written, "{name}");
    }
}
