extension CommandDescription {
    static let initialize = CommandDescription(
        name: .initialize, standing: .built, chapter: .upkeep,
        summary: "Make the store, and a configuration to start from",
        options: [
            OptionDescription(
                .sample, "Write a commented ./lockstep.yaml, never over an existing file.")
        ],
        examples: [
            Example("lockstep init --sample", "Writes ./lockstep.yaml with every key explained."),
            Example("lockstep init", "Makes the store that the configuration names."),
        ],
        details: ["A store that is there already is left as it is. A sync makes it too."],
        exits: [.refused, .store])

    static let check = CommandDescription(
        name: .check, standing: .built, chapter: .upkeep,
        summary: "Look whether everything that a lock needs is in order",
        options: [.only],
        examples: [
            Example("lockstep check", "Says ok, warning, failed or not proven, and what to do."),
            Example("lockstep check --directory hq", "Leaves the other directories out."),
        ],
        details: [
            "Looks at the configuration, the files' modes, TLS, bind, search, the dialect, the "
                + "strategy in use, what the bind DN may write, whether a lock is enforced, and the "
                + "store. The directory is left as it was.",
            "The exit code is that of the first that has a failure: configuration, store, directory.",
        ],
        exits: [.unavailable, .store])

    static let sync = CommandDescription(
        name: .sync, standing: .built, chapter: .everyDay,
        summary: "Bring the users in step with the directories",
        options: [
            .only,
            OptionDescription(.full, "Read everything, not only what changed."),
            OptionDescription(
                .dryRun, short: "n", "Print what would change, and change nothing."),
            OptionDescription(.check, "Dry run that exits 1 when anything would change."),
            OptionDescription(
                .ldif, "With --dry-run: print what would go to the directory, for ldapmodify."),
            OptionDescription(
                .release, "PLAN", .known(.plans),
                "Carry out the plan of a run that a safety limit stopped, once, and nothing else."),
            OptionDescription(
                .wait, "SECONDS", .duration(0...86_400),
                "Wait this long for another run to end, instead of giving up at once."),
        ],
        rules: [
            .implied(.dryRun, by: .check),
            .needs(.option(.ldif), .option(.dryRun)),
            .conflict(.option(.ldif), .option(.json)),
            .conflict(.option(.release), .option(.full)),
            .conflict(.option(.release), .option(.check)),
        ],
        examples: [
            Example("lockstep sync", "What cron runs every few minutes."),
            Example("lockstep sync --dry-run", "Shows each user that would change, old and new."),
            Example("lockstep sync --release 7c41", "Carries out the stopped plan 7c41."),
        ],
        details: [
            "Reads what changed, goes on with what earlier runs and locks left pending, and locks "
                + "whom the directory's attributes say to lock. A second sync right after a first "
                + "finds nothing to do.",
            "When more people would change than the configuration's limits allow, nobody does: the "
                + "run stops with exit code 11 and keeps its plan for --release.",
        ],
        exits: [.wouldChange, .stopped, .refused, .unavailable, .store, .unfinished, .permission])

    static let follow = CommandDescription(
        name: .follow, standing: .built, chapter: .upkeep,
        summary: "Stay, and sync a directory as soon as it changes",
        options: [
            OptionDescription(
                .directory, "DIRECTORY", .known(.directories),
                "Only this directory of the configuration.")
        ],
        examples: [
            Example("lockstep follow", "What the unit lockstep-follow.service runs."),
            Example("lockstep follow --directory hq", "Leaves the other directories to others."),
        ],
        details: [
            "Waits until a server tells of a change and then runs the sync that cron would run later. "
                + "A server that tells nobody is read every `sync.every`. Sync, lock and retry work "
                + "beside it. A server that is down is waited for.",
            "SIGTERM ends it after the step in flight, SIGHUP reads the configuration anew. One "
                + "program follows a directory at a time: the second says who has it.",
        ],
        exits: [.refused, .store, .unfinished])

    static let retry = CommandDescription(
        name: .retry, standing: .built, chapter: .everyDay,
        summary: "Go on now with what is pending or failed",
        arguments: [
            ArgumentDescription(
                .process, .id(.processes), required: false, "This process; without it, all of them."
            )
        ],
        examples: [
            Example("lockstep retry", "Tries every unfinished step again, due or not."),
            Example("lockstep retry 42", "Tries those of process 42."),
        ],
        details: [
            "A sync does the same for the steps that are due.",
            "Without PROCESS each CA is also told what was revoked before it was configured to be "
                + "told, which no sync does; lockstep authorities says how much that is.",
        ],
        exits: [.refused, .store, .unfinished, .permission])

    static let status = CommandDescription(
        name: .status, standing: .built, chapter: .everyDay,
        summary: "Show the last runs, the queue, and what needs a person",
        options: [
            OptionDescription(.check, "Exit with 1 when anything needs a person."),
            OptionDescription(
                .html, "FILE", .file,
                "Write a page for the wall to this file; - is standard output."),
        ],
        examples: [
            Example("lockstep status", "Shows whether anything needs you."),
            Example("lockstep status --check --quiet", "Says it by the exit code, for monitoring."),
            Example(
                "lockstep --quiet status --html /var/www/html/lockstep.html",
                "From cron: a page with plots of the last 90 days."),
        ],
        details: [
            "The page is replaced where Lockstep made the one that is there, and nothing else is. It is "
                + "for its owner alone until somebody lets others read it, which stays so: chmod a+r FILE."
        ],
        exits: [.wouldChange, .refused, .store])
}

extension OptionDescription {
    static let only = OptionDescription(
        .directory, "DIRECTORY", .known(.directories), "Only this directory of the configuration.")
}
