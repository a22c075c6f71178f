internal import Identity

extension CommandDescription {
    static let find = CommandDescription(
        name: .find, standing: .built, chapter: .everyDay,
        summary: "Search for users",
        arguments: [
            ArgumentDescription(
                .text, .text, required: false, repeats: true,
                "The beginnings of words; without it, everybody in the state.")
        ],
        options: [
            OptionDescription(
                .userState, "STATE", .word(of: UserState.self), "Only users in this state."),
            OptionDescription(
                .limit, "N", .count(1...1_000_000), "Show at most this many, instead of 50."),
        ],
        examples: [
            Example("lockstep find lovelace", "Finds Ada Lovelace by her family name."),
            Example("lockstep find ada lov", "The same: each word begins a word of hers."),
            Example("lockstep find ann --state locked", "Finds locked users of that name."),
            Example("lockstep find --state locked", "Lists everybody who is locked."),
        ],
        details: [
            "Searches usernames, names, mail addresses, employee numbers and the attributes that "
                + "are kept, without regard to case and accents. An exact username or number comes "
                + "first. To find nothing is no error."
        ],
        exits: [.store])

    static let show = CommandDescription(
        name: .show, standing: .built, chapter: .everyDay,
        summary: "Show everything about a user",
        arguments: [
            ArgumentDescription(
                .user, .known(.users), "Username, mail address, employee number, id or DN.")
        ],
        examples: [
            Example("lockstep show ada", "Shows Ada's state, roles, credentials and history."),
            Example("lockstep show hq:ada", "The ada of the directory hq."),
            Example("lockstep show ada --json", "The same for a program."),
        ],
        exits: [.refused, .noUser, .store])

    static let test = CommandDescription(
        name: .test, standing: .built, chapter: .everyDay,
        summary: "Find out whether a user may still sign in",
        arguments: [
            ArgumentDescription(
                .user, .known(.users), "Username, mail address, employee number, id or DN.")
        ],
        examples: [
            Example("lockstep test ada", "Says whether Ada can sign in, and why."),
            Example("lockstep test ada --json", "The same for a program."),
        ],
        details: [
            "Asks the directory for the account, the password policy and the groups, and each CA for "
                + "its certificates, now. No is said only where every way in is seen to be closed: the "
                + "account by a policy that was seen to refuse it, or that a canary has proven, and each "
                + "certificate by its CA. Nothing is written anywhere.",
            "The exit code is 0 whatever the answer is.",
        ],
        exits: [.refused, .noUser, .unavailable, .store])

    static let reasons = CommandDescription(
        name: .reasons, standing: .built, chapter: .upkeep,
        summary: "List the reasons of the configuration",
        examples: [Example("lockstep reasons", "Lists codes, texts and what they are for.")])

    static let reasonsShow = CommandDescription(
        name: .reasonsShow, standing: .built, chapter: .upkeep,
        summary: "Show what a reason writes to the directory",
        arguments: [ArgumentDescription(.code, .known(.reasons), "The reason's code.")],
        options: [
            OptionDescription(
                .user, "USER", .known(.users), "Print the exact LDIF for this user.")
        ],
        examples: [
            Example("lockstep reasons show left-organization", "Shows the reason."),
            Example(
                "lockstep reasons show left-organization --user ada",
                "Prints the LDIF that locking Ada would send."),
        ],
        exits: [.refused, .noUser, .unavailable, .store])

    static let report = CommandDescription(
        name: .report, standing: .built, chapter: .upkeep,
        summary: "Show the evidence of a process, or of the locks of a period",
        arguments: [
            ArgumentDescription(.process, .id(.processes), required: false, "The process.")
        ],
        options: [
            OptionDescription(
                .since, "TIME", .time(ago: true),
                "Every lock since then: a time, a date (in UTC), or 30d for thirty days."),
            OptionDescription(
                .until, "TIME", .time(ago: true), "With --since: no lock after that time."),
            OptionDescription(
                .html, "FILE", .file, "Write it to this file, as a page; - is standard output."),
        ],
        rules: [
            .conflict(.argument(.process), .option(.since)),
            .needs(.option(.until), .option(.since)),
        ],
        examples: [
            Example("lockstep report 42", "Shows what was done, when and by whom."),
            Example(
                "lockstep report --since 2026-10-01 --until 2026-10-31T23:59:59Z --html october.html",
                "The locks of a month, for an auditor, with plots."),
        ],
        details: [
            "Of a period: each lock with its trigger (an operator or a sync), the time to disabled, what "
                + "was seen and what is open; how many there were, by reason and by trigger; median and "
                + "95th percentile of the time to disabled. It is counted from the lock's beginning "
                + "until the directory has said that the entry is disabled; late is whose entry was open "
                + "for more than five minutes."
        ],
        exits: [.refused, .store])
}
