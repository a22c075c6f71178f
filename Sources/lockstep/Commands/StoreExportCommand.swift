internal import Engine
internal import Ground
internal import Identity
internal import Store

/// `lockstep store export`: all that the store knows, as of one instant, as one JSON document.
///
/// Streamed: a user, a process or an event is in memory at a time.
struct StoreExportCommand {
    let world: World

    func run() throws -> ExitCode {
        let store = try world.store(world.settings(), for: .read)
        let now = world.now()
        try store.snapshot {
            var document = StreamedDocument(world.output)
            document.write("at", now.json)
            document.write("store", .string(store.path))
            try document.list("directories") { each in
                for directory in try store.directoryOverviews() { each(directory.name.json) }
            }
            try document.list("users") { each in
                try store.readUsers { each(try UserDocument($0, store: store).exported(at: now)) }
            }
            try document.list("processes") { each in
                var users = UserCache(store: store)
                try store.readProcesses {
                    each($0.json(user: try users.find($0.process.user)))
                }
            }
            try document.list("rejected") { each in
                for entry in try store.rejectedEntries() { each(entry.json) }
            }
            try document.list("runs") { each in try store.readRuns { each($0.json) } }
            try document.list("audit") { each in try store.audit.read { each($0.json) } }
            document.end()
        }
        return .ok
    }
}

extension UserDocument {
    /// As `show` prints it, without what the export has at other places.
    fileprivate func exported(at now: Timestamp) -> JSONValue {
        var members = json(at: now).object ?? [:]
        members["pending"] = nil
        members["history"] = nil
        return .object(members)
    }
}

extension RejectedEntry {
    /// `{directory, dn, why, since}`.
    var json: JSONValue {
        [
            "directory": directory.json, "dn": .string(dn), "why": .string(why),
            "since": since.json,
        ]
    }
}

extension RunTable.Run {
    /// `{run, started, finished, outcome, plan, seconds, directories}`; the last three as `sync
    /// --json` printed them.
    var json: JSONValue {
        [
            "run": JSONValue(id), "started": started.json, "finished": finished.json,
            "outcome": JSONValue(outcome?.rawValue), "plan": report?["plan"] ?? .null,
            "seconds": report?["seconds"] ?? .null,
            "directories": .array((report?["directories"]?.array ?? []).map(Self.whole)),
        ]
    }

    /// A run of an earlier version has named nobody.
    private static func whole(_ directory: JSONValue) -> JSONValue {
        var members = directory.object ?? [:]
        members["changes"] = members["changes"] ?? .array([])
        return .object(members)
    }
}
