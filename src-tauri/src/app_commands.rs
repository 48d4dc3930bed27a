//! The one list of commands. The builder makes its handler from it; a test
//! holds the permission file and the window's `ipc.ts` against it.

/// Calls a macro with the name of every command.
macro_rules! app_commands {
    ($callback:ident) => {
        $callback![
            start,
            validate,
            paste,
            discover_tenant,
            copy_rows,
            profiles_list,
            profile_create,
            profile_rename,
            profile_duplicate,
            profile_remove,
            profile_restore,
            profile_select,
            profile_save,
            profile_set_fact,
            days_left,
            guide,
            script,
            script_save,
            reminder_save,
            handover_request,
            handover_accept,
            send_report,
            secret_status,
            secret_store,
            secret_forget,
            secret_copy,
            check_start,
            check_cancel,
            report_open,
            report_details,
            report_message,
            report_save,
            failure_page,
            copy_text,
            copy_all,
            open_link,
            practice_start,
            practice_profile,
            practice_switch,
            practice_look,
            practice_fill,
            practice_copy_secret,
        ]
    };
}

pub(crate) use app_commands;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    macro_rules! names {
        ($($command:ident),* $(,)?) => { BTreeSet::from([$(stringify!($command).to_owned()),*]) };
    }

    /// Every text between the quotation marks that follow `mark`.
    fn quoted_after(text: &str, mark: &str) -> BTreeSet<String> {
        text.split(mark).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
    }

    #[test]
    fn the_permission_file_names_the_same_commands() {
        let file = include_str!("../permissions/main-window.toml");
        let allowed = file.split("commands.allow = [").nth(1).unwrap().split(']').next().unwrap();
        let allowed: BTreeSet<String> = allowed.split('"').skip(1).step_by(2).map(str::to_owned).collect();
        assert_eq!(allowed, app_commands!(names));
    }

    #[test]
    fn the_window_calls_the_same_commands() {
        let file = include_str!("../../ui/lib/ipc.ts");
        let mut called = quoted_after(file, ">(\"");
        called.extend(quoted_after(file, "call(\""));
        assert_eq!(called, app_commands!(names));
    }
}
