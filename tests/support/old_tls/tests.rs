use super::*;
use crate::authority::Authority;

/// What OpenSSL's own client says of a server, with this option.
fn said(server: &OldTlsServer, option: &str) -> String {
    let output = Command::new("openssl")
        .args(["s_client", "-cipher", "DEFAULT@SECLEVEL=0", "-connect", &server.address().to_string(), option])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

#[test]
fn speaks_its_version_and_no_other() {
    let identity = Authority::new().unwrap().issue_for_loopback().unwrap();
    let both = [(OldTls::V1_0, "-tls1", "Protocol  : TLSv1\n"), (OldTls::V1_1, "-tls1_1", "Protocol  : TLSv1.1\n")];
    for (version, option, expected) in both {
        let server = OldTlsServer::start(version, &identity).unwrap();
        let agreed = said(&server, option);
        assert!(agreed.contains(expected), "{agreed}");
        let refused = said(&server, "-tls1_2");
        assert!(refused.contains("unsupported protocol"), "{refused}");
    }
}
