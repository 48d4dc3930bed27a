//! A reminder of the secret's end for a calendar (RFC 5545): an event on the last day, with alarms before it. It
//! tells the rotation: new secret, check, copy to Incorta, remove the old one.

use chrono::{Duration, NaiveDate};
use icalendar::{Alarm, Calendar, Component, Event, EventLike};
use jiff::civil::Date;

use crate::settings::EmailSettings;
use crate::words;

/// Days before the last day on which the calendar reminds.
const DAYS_BEFORE: [i64; 3] = [30, 14, 3];

/// The calendar file's text. `profile_id` makes a later reminder take the place of an earlier one.
pub fn reminder(profile_id: &str, profile: &str, settings: &EmailSettings, last_day: Date) -> String {
    let parameters = [
        ("profile", profile),
        ("mailbox", settings.system_email_address.trim()),
        ("client-id", settings.smtp_oauth_client_id.trim()),
    ];
    let summary = words::text("reminder-summary", &parameters);
    let (year, month, day) =
        (i32::from(last_day.year()), last_day.month().unsigned_abs(), last_day.day().unsigned_abs());
    let mut event = Event::new();
    event.uid(&format!("{profile_id}@incorta-mail-setup")).summary(&summary);
    event.description(&words::text("reminder-description", &parameters));
    if let Some(date) = NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day)) {
        event.starts(date);
    }
    for days in DAYS_BEFORE {
        event.alarm(Alarm::display(&summary, -Duration::days(days)));
    }
    Calendar::new().push(event.done()).done().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_gets_the_day_the_steps_and_three_alarms() {
        let settings = EmailSettings {
            system_email_address: "reports@contoso.com".to_owned(),
            smtp_oauth_client_id: "3b9a7e52-0c64-4d1f-8a2b-5e7f90c1d346".to_owned(),
            ..EmailSettings::default()
        };
        let text = reminder("a-profile", "Production; EU\r\nATTENDEE:x", &settings, jiff::civil::date(2027, 5, 31));
        insta::with_settings!({filters => vec![(r"DTSTAMP:\S+", "DTSTAMP:[time]"), (r"UID:[0-9a-f-]{36}", "UID:[id]")]}, { insta::assert_snapshot!(text) });
        // No name makes a line of its own.
        assert!(!text.lines().any(|line| line.starts_with("ATTENDEE")), "{text}");
    }
}
