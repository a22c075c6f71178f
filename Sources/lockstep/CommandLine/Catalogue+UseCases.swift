extension CommandDescription {
    static let useCases = [lock, deactivate, reactivate, unlock, restoreRoles]

    static let lock = CommandDescription(
        name: .lock, standing: .built, chapter: .everyDay,
        summary: "Lock a user everywhere at once",
        arguments: [.somebody], options: useCaseOptions, rules: useCaseRules,
        examples: [
            Example(
                "lockstep lock ada --reason left-organization",
                "Shows what will change, asks Next or Cancel, and locks Ada."),
            Example(
                "lockstep lock", "Searches for the person, shows them, and asks for the reason."),
            Example(
                "lockstep lock ada --reason left-organization --dry-run",
                "Shows it, and changes nothing."),
            Example(
                "lockstep lock bo@example.com --reason misuse --yes --note 'Ticket 4711'",
                "Locks Bo without asking, as a script does."),
            Example(
                "lockstep lock --from leavers.txt --reason left-organization --yes",
                "Locks everybody in the file, a process each."),
        ],
        details: [
            "The directory entry is disabled, the reason's attributes are written, the role groups "
                + "are stripped, every credential is locked and every live certificate is revoked. "
                + "Once the store has it, the lock is a fact, whatever happens to the machine or "
                + "the directory; what a directory did not take yet is tried again by retry and by "
                + "every sync.",
            "USER is an exact username, mail address, employee number, id or DN; hq:ada is the ada "
                + "of the directory hq. On a terminal USER may be left out, which begins with a "
                + "search, and the reason is asked for when none is given; without a terminal --yes "
                + "is needed.",
        ],
        exits: useCaseExits)

    static let deactivate = CommandDescription(
        name: .deactivate, standing: .built, chapter: .everyDay,
        summary: "Take a user out of service for a while",
        arguments: [.somebody], options: useCaseOptions, rules: useCaseRules,
        examples: [
            Example(
                "lockstep deactivate ada --reason parental-leave",
                "Disables Ada's entry and puts her certificates on hold.")
        ],
        details: ["Everything can be taken back by reactivate."],
        exits: useCaseExits)

    static let reactivate = CommandDescription(
        name: .reactivate, standing: .built, chapter: .everyDay,
        summary: "Put a deactivated user back into service",
        arguments: [.somebody], options: useCaseOptions + [.restoreRoles], rules: useCaseRules,
        examples: [
            Example(
                "lockstep reactivate ada --reason returned --restore-roles",
                "Gives Ada back what her deactivation took.")
        ],
        exits: useCaseExits)

    static let unlock = CommandDescription(
        name: .unlock, standing: .built, chapter: .everyDay,
        summary: "Take a lock back",
        arguments: [.somebody], options: useCaseOptions + [.restoreRoles], rules: useCaseRules,
        examples: [
            Example(
                "lockstep unlock ada --reason error",
                "Enables Ada's entry; her credentials stay locked and her certificates revoked.")
        ],
        exits: useCaseExits)

    static let restoreRoles = CommandDescription(
        name: .restoreRoles, standing: .built, chapter: .everyDay,
        summary: "Give back roles that an unlock left withdrawn",
        arguments: [
            ArgumentDescription(
                .user, .known(.users), "Username, mail address, employee number, id or DN.")
        ],
        options: [
            OptionDescription(
                .takenBy, "ID", .id(.processes),
                "The lock or deactivation that took them; the newest whose roles are still off "
                    + "when none is given."),
            OptionDescription(.yes, short: "y", "Do not ask."),
            OptionDescription(.dryRun, short: "n", "Print what would change, and change nothing."),
        ],
        examples: [
            Example(
                "lockstep restore-roles ada",
                "Shows the groups that Ada is to be a member of again, and asks Next or Cancel.")
        ],
        details: [
            "A reactivation leaves such roles, too. The user must be active. It needs the right "
                + "reactivate, and where a reactivation needs an approval, so does this."
        ],
        exits: useCaseExits)

    private static let useCaseOptions = [
        OptionDescription(.reason, "CODE", .known(.reasons), "Why: a code that 'reasons' lists."),
        OptionDescription(.note, "TEXT", .text, "A remark for the audit log."),
        OptionDescription(.yes, short: "y", "Do not ask."),
        OptionDescription(
            .force, "Skip approval and protection; needs --note, and is audited as forced."),
        OptionDescription(
            .everywhere, "Also the same person's accounts in the other directories."),
        OptionDescription(
            .from, "FILE", .file,
            "The users of this file, one a line; - is standard input; # begins a remark."),
        OptionDescription(
            .max, "N", .count(1...1_000_000), "With --from: allow this many people at once."),
        OptionDescription(.dryRun, short: "n", "Print what would change, and change nothing."),
        OptionDescription(
            .ldif, "With --dry-run: print what would go to the directory, for ldapmodify."),
    ]

    private static let useCaseRules: [Rule] = [
        .conflict(.argument(.user), .option(.from)),
        .needs(.option(.force), .option(.note)),
        .needs(.option(.max), .option(.from)),
        .needs(.option(.ldif), .option(.dryRun)),
        .conflict(.option(.ldif), .option(.json)),
    ]

    private static let useCaseExits: [ExitCode] = [
        .waitsForApproval, .cancelled, .refused, .noUser, .unavailable, .store, .unfinished,
        .permission,
    ]
}

extension ArgumentDescription {
    /// The user of a use case, whom `--from` may stand for.
    fileprivate static let somebody = ArgumentDescription(
        .user, .known(.users), required: false,
        "Username, mail address, employee number, id or DN.")
}

extension OptionDescription {
    fileprivate static let restoreRoles = OptionDescription(
        .restoreRoles, "Give back the roles that were held before, not only the default ones.")
}
