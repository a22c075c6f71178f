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
            write("{\"at\":\(now.json.text),\"store\":\(JSONValue.string(store.path).text)")
            try list("directories") { each in
                for directory in try store.directoryOverviews() { each(directory.name.json) }
            }
            try list("users") { each in
                try store.readUsers { each(try UserDocument($0, store: store).exported(at: now)) }
            }
            try list("processes") { each in
                var users = UserCache(store: store)
                try store.readProcesses {
                    each($0.json(user: try users.find($0.process.user)))
                }
            }
            try list("rejected") { each in
                for entry in try store.rejectedEntries() { each(entry.json) }
            }
            try list("runs") { each in try store.readRuns { each($0.json) } }
            try list("audit") { each in try store.audit.read { each($0.json) } }
            write("}\n")
        }
        return .ok
    }

    /// One member of the document, an element a line.
    private func list(_ key: String, _ body: ((JSONValue) -> Void) throws -> Void) throws {
        write(",\n\"\(key)\":[")
        var isFirst = true
        try body { element in
            write(isFirst ? "\n" : ",\n")
            isFirst = false
            write(element.text)
        }
        write("]")
    }

    private func write(_ text: String) { world.output.write(text) }
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
