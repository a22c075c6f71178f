/// What is said about the program as a whole.
enum Program {
    static let version = "0.1.0"
    /// When the manual was last revised.
    static let date = "2026-11-23"

    static let summary =
        "Lockstep keeps users in step with LDAP directories, and locks a user everywhere at once."

    static let examples = [
        CommandDescription.Example("lockstep sync", "Brings the users in step, as cron does."),
        CommandDescription.Example(
            "lockstep lock ada --reason left-organization",
            "Shows what will change, asks Next or Cancel, and locks Ada."),
        CommandDescription.Example("lockstep show ada", "Shows everything about Ada."),
    ]

    /// The variables that it reads, and what they are for.
    static let environment = [
        ("LOCKSTEP_CONFIG", "The configuration, where --config is not given."),
        ("LOCKSTEP_PASSWORD_FILE", "The file with the bind password, with one directory only."),
        ("NO_COLOR", "When not empty: no colours."),
        ("XDG_CONFIG_HOME", "Where lockstep/lockstep.yaml is looked for; ~/.config if unset."),
        ("XDG_STATE_HOME", "Where lockstep/told.json is kept; ~/.local/state if unset."),
    ]

    /// In the order in which the configuration is looked for, then what Lockstep writes.
    static let files = [
        ("./lockstep.yaml", "The configuration, in the current folder."),
        ("$XDG_CONFIG_HOME/lockstep/lockstep.yaml", "The user's own."),
        ("/etc/lockstep/lockstep.yaml", "The machine's."),
        ("/var/lib/lockstep/lockstep.db", "The store, where the configuration says so."),
        (
            "STORE.lock, STORE.users.lock",
            "Held by a sync, and while a user's steps are carried out."
        ),
        (
            "STORE.notify.NAME.lock",
            "Held while the receiver NAME is called; it says what was started."
        ),
        (
            "STORE.head",
            "The newest audit event, by which a store that was restored from a backup is noticed."
        ),
        (
            "STORE.canary, STORE.canary.lock",
            "What a check has proven, and how a canary that it left locked is given back."
        ),
        (
            "$XDG_STATE_HOME/lockstep/told.json",
            "What 'sync --quiet' has told when there was no store to note it in."
        ),
    ]
}
