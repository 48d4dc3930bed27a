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
            let request = |_| handovers.request("a profile", &secrets).unwrap().request;
            let mut made: Vec<_> = (0..3).map(request).collect();
            handovers.withdraw(&made.remove(0), &secrets).unwrap();
            made.into_iter().map(|request| request.id.to_string())
        };
        let writers: Vec<_> = (0..3).map(|_| scope.spawn(writer)).collect();
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect::<BTreeSet<String>>()
    });
    let kept = Handovers::in_folder(folder.path(), Arc::new(SystemClock)).list().unwrap();
    let kept: Vec<String> = kept.into_iter().map(|(request, _)| request.id.to_string()).collect();
    assert_eq!(kept.len(), 6);
    assert_eq!(kept.into_iter().collect::<BTreeSet<_>>(), writers);
}

#[test]
fn a_request_whose_key_is_not_kept_was_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let handovers = Handovers::in_folder(folder.path(), Arc::new(SystemClock));
    for (error, without_store) in [
        (StoreError::Locked, WithoutStore::KeepForThisRun),
        (StoreError::Unavailable, WithoutStore::Refuse),
        (StoreError::Failed("it refused".to_owned()), WithoutStore::Refuse),
    ] {
        let secrets = Secrets::new(Box::new(FailingStore(error)), without_store);
        assert!(handovers.request("a profile", &secrets).is_err());
        assert!(handovers.list().unwrap().is_empty());
    }
}
