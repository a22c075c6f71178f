/// Why the store could not be read or written.
///
/// Says what was attempted (`statement`, its text without values), on what (`path`), and what was
/// answered (`code`, SQLite's extended result code or an errno, and `message`). Never a bound value.
package struct StoreError: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// The file is no SQLite database, or one of another program.
        case notADatabase
        /// A newer Lockstep has migrated the store.
        case newerVersion
        /// This Lockstep would have to migrate the store, and was only to read it.
        case olderVersion
        /// There is no such file, or its folder is not there.
        case missing
        case readOnly
        /// The disk, the quota or the limit for a file's size.
        case full
        /// Another program holds the lock.
        case locked
        case corrupt
        case permission
        /// Others could exchange the store or a file beside it, or have.
        case exposed
        /// `STORE.head` has seen audit events that the store lacks.
        case rolledBack
        /// A rule of the schema forbids the row.
        case constraint
        /// A value is larger than SQLite stores.
        case tooBig
        case other
    }

    package let kind: Kind
    package let code: Int32
    package let message: String
    package let statement: String?
    package let path: String

    package init(
        _ kind: Kind, code: Int32 = 0, message: String, statement: String? = nil, path: String
    ) {
        self.kind = kind
        self.code = code
        self.message = message
        self.statement = statement
        self.path = path
    }
}

extension Store {
    /// What to do where the newest audit event is later than the clock.
    package static let clockRemedy =
        "Set the clock. When it is right, and was ahead before, run "
        + "`lockstep store adopt --because TEXT`."
}

extension StoreError: CustomStringConvertible {
    /// One sentence for people, without a full stop: the path, what is wrong, SQLite's own words.
    package var description: String {
        var sentence = path + ": " + message
        if code != 0 { sentence += " (\(code))" }
        if let statement, isOfStatement { sentence += ", at: " + statement }
        return sentence
    }

    /// Whether the statement has to do with it, and not only met it first.
    private var isOfStatement: Bool {
        switch kind {
        case .corrupt, .constraint, .tooBig, .other: true
        case .notADatabase, .newerVersion, .olderVersion, .missing, .readOnly, .full, .locked,
            .permission, .exposed, .rolledBack:
            false
        }
    }

    /// What to do about it; nil where there is nothing to say.
    package var hint: String? {
        switch kind {
        case .notADatabase: "Check `store` in the configuration: it names another program's file."
        case .newerVersion: "Install the Lockstep that migrated it, or a newer one."
        case .olderVersion: "Run `lockstep init`: it migrates the store and keeps a backup."
        case .missing:
            "Check `store` in the configuration, and that its disk is mounted. `lockstep init` makes "
                + "a new one."
        case .readOnly: "Check the modes of the store and of its folder."
        case .full: "Make room on the disk; nothing of this was stored."
        case .locked: "Try again when the other program is done."
        case .corrupt:
            "Restore a backup, then run `lockstep store adopt --because TEXT`. "
                + "`lockstep store check` names all that is damaged."
        case .permission: "Run it as the store's owner."
        case .exposed:
            "Find out who put it there, or let it be so, and whether the store is as it was. The files and "
                + "their folder should be their owner's alone: chmod go-w."
        case .rolledBack: "When that was meant, run `lockstep store adopt --because TEXT`."
        case .constraint, .tooBig, .other: nil
        }
    }
}
