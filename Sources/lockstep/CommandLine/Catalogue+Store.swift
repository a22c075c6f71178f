extension CommandDescription {
    static let store = [backup, storeCheck, export, adopt]

    static let audit = CommandDescription(
        name: .audit, standing: .built, chapter: .upkeep,
        summary: "Show the audit log",
        options: [
            OptionDescription(.user, "USER", .known(.users), "Only events about this user."),
            OptionDescription(
                .since, "TIME", .time(ago: true),
                "Only events since then: a time, a date (in UTC), or 7d for seven days."),
        ],
        examples: [
            Example("lockstep audit --user ada", "Shows what happened to Ada, and by whom."),
            Example("lockstep audit --since 2026-11-01 --json", "For a program."),
        ],
        exits: [.refused, .noUser, .store])

    static let auditVerify = CommandDescription(
        name: .auditVerify, standing: .built, chapter: .upkeep,
        summary: "Verify the audit log's chain of hashes",
        options: [
            OptionDescription(
                .head, "SEQUENCE:HASH", .head,
                "Prove that the chain still contains this event, as the system log has it.")
        ],
        examples: [
            Example("lockstep audit verify", "Names the first broken link, if there is one.")
        ],
        exits: [.store])

    private static let backup = CommandDescription(
        name: .storeBackup, standing: .built, chapter: .upkeep,
        summary: "Copy the store while it is in use",
        arguments: [ArgumentDescription(.file, .file, "The copy; it must not exist.")],
        examples: [
            Example("lockstep store backup /var/backups/lockstep.db", "Makes a whole copy.")
        ],
        exits: [.refused, .store])

    private static let storeCheck = CommandDescription(
        name: .storeCheck, standing: .built, chapter: .upkeep,
        summary: "Look whether the store is whole",
        examples: [Example("lockstep store check", "Reads all of it.")],
        exits: [.store])

    private static let export = CommandDescription(
        name: .storeExport, standing: .built, chapter: .upkeep,
        summary: "Print all that the store knows, as JSON",
        examples: [Example("lockstep store export > store.json", "Keeps it in a file.")],
        exits: [.store])

    private static let adopt = CommandDescription(
        name: .storeAdopt, standing: .built, chapter: .upkeep,
        summary: "Go on with a store that was restored from a backup",
        options: [.because],
        examples: [
            Example(
                "lockstep store adopt --because 'Disk failure, backup of Sunday'",
                "Allows changes again; the next sync shows what must be caught up.")
        ],
        exits: [.refused, .store, .permission])
}
