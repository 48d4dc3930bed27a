//! Microsoft's national clouds: which login host, SMTP host and scope belong
//! together. Sources: Microsoft's national-cloud pages; the SMTP hosts and
//! scopes outside the global cloud are observed, not documented.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where Incorta appends its token endpoint (Incorta's Email screen).
pub const INCORTA_LOGIN_HOST: &str = "login.microsoftonline.com";

/// One of Microsoft's clouds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Cloud {
    /// The worldwide cloud, GCC included.
    Global,
    /// Microsoft 365 GCC High.
    UsGovGccHigh,
    /// Microsoft 365 DoD.
    UsGovDod,
    /// Microsoft 365 operated by 21Vianet.
    China,
}

impl Cloud {
    /// Every cloud, the global one first.
    pub const ALL: [Cloud; 4] = [Self::Global, Self::UsGovGccHigh, Self::UsGovDod, Self::China];

    /// The cloud's name as Microsoft writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Global => "global cloud",
            Self::UsGovGccHigh => "US Government GCC High",
            Self::UsGovDod => "US Government DoD",
            Self::China => "China (21Vianet)",
        }
    }

    /// The host of Microsoft Entra's token endpoint.
    pub fn login_host(self) -> &'static str {
        match self {
            Self::Global => INCORTA_LOGIN_HOST,
            Self::UsGovGccHigh | Self::UsGovDod => "login.microsoftonline.us",
            Self::China => "login.partner.microsoftonline.cn",
        }
    }

    /// The host for SMTP client submission.
    pub fn smtp_host(self) -> &'static str {
        match self {
            Self::Global => "smtp.office365.com",
            Self::UsGovGccHigh => "smtp.office365.us",
            Self::UsGovDod => "outlook-dod.office365.us",
            Self::China => "smtp.partner.outlook.cn",
        }
    }

    /// The scope to ask a token for.
    pub fn scope(self) -> &'static str {
        match self {
            Self::Global => "https://outlook.office365.com/.default",
            Self::UsGovGccHigh => "https://outlook.office365.us/.default",
            Self::UsGovDod => "https://outlook-dod.office365.us/.default",
            Self::China => "https://partner.outlook.cn/.default",
        }
    }

    /// Whether Incorta, whose login host is fixed, can get a token in this cloud.
    pub fn incorta_reaches(self) -> bool {
        self.login_host() == INCORTA_LOGIN_HOST
    }

    /// The cloud that answers at a login host; GCC High stands for both US Government clouds.
    pub fn of_login_host(host: &str) -> Option<Cloud> {
        Self::ALL.into_iter().find(|cloud| cloud.login_host().eq_ignore_ascii_case(host))
    }

    /// The cloud an SMTP host belongs to.
    pub fn of_smtp_host(host: &str) -> Option<Cloud> {
        Self::ALL.into_iter().find(|cloud| cloud.smtp_host().eq_ignore_ascii_case(host))
    }

    /// The cloud a scope belongs to.
    pub fn of_scope(scope: &str) -> Option<Cloud> {
        Self::ALL.into_iter().find(|cloud| cloud.scope().eq_ignore_ascii_case(scope))
    }

    /// The cloud named by `cloud_instance_name` and `tenant_region_sub_scope` of an
    /// OpenID configuration.
    pub fn of_instance(instance: &str, region_sub_scope: Option<&str>) -> Option<Cloud> {
        match (instance, region_sub_scope) {
            ("microsoftonline.us", Some("DOD")) | ("microsoftonline.com", Some("DOD")) => Some(Self::UsGovDod),
            ("microsoftonline.us", _) | ("microsoftonline.com", Some("DODCON")) => Some(Self::UsGovGccHigh),
            ("partner.microsoftonline.cn", _) => Some(Self::China),
            ("microsoftonline.com", _) => Some(Self::Global),
            _ => None,
        }
    }
}
