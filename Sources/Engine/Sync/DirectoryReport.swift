package import Configuration
package import Ground
package import Identity
package import LDAP
package import Store

/// What a sync did with one directory: how it was read, and the sum of what the passes counted.
///
/// A figure of the sum is read as the report's own: `report.created`.
@dynamicMemberLookup
package struct DirectoryReport: Sendable {
    /// Why the directory could not be read, or was stopped.
    package struct Failure: Equatable, Sendable {
        /// A result code of LDAP, or 11 for a limit of ours.
        package let code: Int32
        package let message: String
        package let isLimit: Bool

        /// The exit code that a safety limit ends a sync with.
        fileprivate static func limit(_ message: String) -> Failure {
            Failure(code: 11, message: message, isLimit: true)
        }
    }

    package let name: DirectoryName
    /// The server that was read; nil where none was.
    package internal(set) var server: LDAPURL?
    package internal(set) var strategy: SyncStrategy = .full
    /// Why it is this strategy: a sentence.
    package internal(set) var strategyReason = ""
    /// Everything was read, to its end.
    package internal(set) var full = false
    /// A signal ended the read: nothing is decided by what was read until then.
    package internal(set) var isCutShort = false
    /// The server lacks writes that were seen before.
    var lagsBehind = false
    /// At most `rejectedLimit` of them, in the order of their DNs.
    package internal(set) var rejected: [RejectedTable.Rejection] = []
    /// What ended the read before all of it was read.
    private var failure: Failure?
    private var counts = DirectoryCounts()

    static let rejectedLimit: Int64 = 10_000

    init(name: DirectoryName) {
        self.name = name
    }

    package subscript<Figure>(dynamicMember path: KeyPath<DirectoryCounts, Figure>) -> Figure {
        counts[keyPath: path]
    }

    mutating func add(_ part: DirectoryCounts) {
        counts += part
    }

    /// How the processes that were begun stand by now.
    mutating func follow(_ process: (ProcessID) throws -> IdentityProcess) rethrows {
        for index in counts.made.indices {
            guard let id = counts.made[index].process else { continue }
            counts.made[index].follow(try process(id))
        }
    }

    mutating func note(_ sentence: String) { counts.notes.append(sentence) }

    /// The read begins again on another server.
    mutating func beginAgain(because sentence: String) {
        counts = counts.stored
        failure = nil
        note(sentence)
    }

    /// Ends the read; of several failures the first is told.
    mutating func fail(_ code: Int32, _ message: String) {
        failure = failure ?? Failure(code: code, message: message, isLimit: false)
    }

    /// A safety limit keeps states from changing.
    package var isStopped: Bool { !counts.limits.isEmpty }

    /// Nothing ended the read, be it stopped by a limit or not.
    package var isReadToTheEnd: Bool { failure == nil }

    /// What needs a person, in one: a limit goes before what ended the read.
    ///
    /// A limit that was passed stops the run also where the server was lost afterwards: the next run
    /// mends a lost server by itself, and not what the limit withholds.
    package var error: Failure? {
        guard isStopped else { return failure }
        var sentences: [String] = []
        for sentence in counts.limits where !sentences.contains(sentence) {
            sentences.append(sentence)
        }
        if let failure { sentences.append(failure.message) }
        return .limit(sentences.joined(separator: " "))
    }

    var kept: RunTable.Part {
        RunTable.Part(
            name: name, strategy: strategy.rawValue, isStopped: isStopped,
            error: error.map {
                StepError(code: ResultCode(rawValue: $0.code), message: $0.message)
            },
            counts: RunTable.Counts(
                created: counts.created, updated: counts.updated, renamed: counts.renamed,
                missing: counts.missing, locked: counts.locked, deactivated: counts.deactivated,
                drift: counts.drift))
    }

    package var json: JSONValue {
        [
            "name": name.json, "strategy": .string(strategy.rawValue), "full": .bool(full),
            "read": .int(Int64(counts.read)), "created": .int(Int64(counts.created)),
            "updated": .int(Int64(counts.updated)), "renamed": .int(Int64(counts.renamed)),
            "unchanged": .int(Int64(counts.unchanged)), "missing": .int(Int64(counts.missing)),
            "disabled": .int(Int64(counts.disabled)),
            "reenabled": .int(Int64(counts.reenabled)), "locked": .int(Int64(counts.locked)),
            "deactivated": .int(Int64(counts.deactivated)),
            "reactivated": .int(Int64(counts.reactivated)), "drift": .int(Int64(counts.drift)),
            "rejected": .array(
                rejected.map { ["dn": .string($0.dn.text), "why": .string($0.why)] }),
            "changes": .array(counts.made.map(\.json)),
            "roles": [
                "granted": .int(counts.roles.granted), "withdrawn": .int(counts.roles.withdrawn),
            ],
            "error": error.map {
                ["code": .int(Int64($0.code)), "message": .string($0.message)]
            } ?? .null,
        ]
    }
}
