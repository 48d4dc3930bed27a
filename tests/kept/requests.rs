//! The requests' file: several processes at once lose nothing of each other's.

use std::collections::BTreeSet;
use std::sync::Arc;

use mail_setup_core::clock::SystemClock;
use mail_setup_core::guide::handover::Handovers;
use mail_setup_core::secrets::{Secrets, StoreError, WithoutStore};

use crate::failing_store::FailingStore;

#[test]
fn requests_made_and_withdrawn_at_once_are_all_accounted_for() {
    let folder = tempfile::tempdir().unwrap();
    let writers = std::thread::scope(|scope| {
        let writer = || {
            // Each has its own view of the file, as two processes would.
            let handovers = Handovers::in_folder(folder.path(), Arc::new(SystemClock));
            let store = Box::new(FailingStore(StoreError::Unavailable));
            let secrets = Secrets::new(store, WithoutStore::KeepForThisRun);
            let mut made = Vec::new();
            for _ in 0..3 {
                handovers.withdraw(&handovers.request("passing", &secrets).unwrap().request, &secrets).unwrap();
                made.push(handovers.request("kept", &secrets).unwrap().request.id.to_string());
            }
            made
        };
        let writers: Vec<_> = (0..3).map(|_| scope.spawn(writer)).collect();
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect::<BTreeSet<String>>()
    });
    let kept = Handovers::in_folder(folder.path(), Arc::new(SystemClock)).list().unwrap();
    let kept: Vec<String> = kept.into_iter().map(|(request, _)| request.id.to_string()).collect();
    assert_eq!(kept.len(), 9);
    assert_eq!(kept.into_iter().collect::<BTreeSet<_>>(), writers);
}
