internal import Configuration
internal import Engine
internal import Identity
internal import Store

/// One line a directory: what a sync did.
struct SyncSummary {
    /// How many people are named on a terminal or in a mail.
    private static let shown = 50
    private static let shownRejected = 20

    let world: World
    let store: Store

    func write(_ report: SyncReport) throws {
        for directory in report.directories {
            if isQuiet {
                if directory.changedStates { world.output.hanging([], "\(line(directory))") }
                writeMade(directory)
                continue
            }
            world.output.hanging([], "\(line(directory))")
            // A dry run has shown each with its plan.
            if !world.command.flag(.dryRun) { writeMade(directory) }
            for rejection in directory.rejected.prefix(Self.shownRejected) {
                world.output.hanging([Span("  ")], "rejected \(rejection.dn): \(rejection.why)")
            }
            let rest = directory.rejected.count - Self.shownRejected
            if rest > 0 {
                world.output.line(
                    "  and \(rest) more rejected \(rest == 1 ? "entry" : "entries")")
            }
        }
        for authority in report.authorities { write(authority) }
        if !isQuiet { try writePlan(report) }
        let queue = report.queue
        if !isQuiet, queue.pending + queue.failed > 0 {
            world.output.line(
                "queue: \(queue.done) done, \(queue.pending) pending, \(queue.failed) failed")
        }
    }

    /// What a CA did by itself, or why nobody knows.
    private func write(_ authority: AuthorityFollowing.Report) {
        let counts = [
            (authority.revoked, "revoked"), (authority.held, "put on hold"),
            (authority.released, "released"),
        ]
        let changes = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        if !changes.isEmpty {
            world.output.line(
                "\(authority.name): \(changes.joined(separator: ", ")) by the CA itself")
        }
        if !isQuiet, let error = authority.error {
            world.output.hanging([], "\(authority.name): not followed: \(error)")
        }
    }

    /// Whom it changed, a line each; a file has room for all of them.
    private func writeMade(_ directory: DirectoryReport) {
        let isFile = !isQuiet && !world.output.capabilities.isTerminal
        let named = isFile ? directory.made.count : Self.shown
        for change in directory.made.prefix(named) {
            world.output.hanging([Span("  ")], "\(change.line)")
        }
        let rest = directory.made.count - named
        if rest > 0 { world.output.line("  and \(rest) more") }
    }

    /// Who would be changed, were there no limit.
    private func writePlan(_ report: SyncReport) throws {
        guard !report.withheld.isEmpty || !report.withheldGroups.isEmpty else { return }
        world.output.line("withheld\(report.plan.map { ", kept as plan \($0)" } ?? ""):")
        for change in report.withheld.prefix(Self.shown) {
            let name = try store.user(change.user)?.record.username ?? change.user.description
            let what = change.useCase?.word ?? "mark missing"
            world.output.hanging([Span("  ")], "\(what) \(name): \(change.finding)")
        }
        let rest = report.withheld.count - Self.shown
        if rest > 0 { world.output.line("  and \(rest) more") }
        for change in report.withheldGroups.prefix(Self.shown) {
            world.output.hanging([Span("  ")], "\(Self.words(change))")
        }
        let others = report.withheldGroups.count - Self.shown
        if others > 0 {
            world.output.line("  and \(others) more role \(others == 1 ? "group" : "groups")")
        }
    }

    private static func words(_ change: GroupChange) -> String {
        switch change.kind {
        case .gone: "withdraw the role of \(change.dn): the group is gone"
        case .unreadable: "take \(change.dn) for unreadable: it shows no member"
        }
    }

    /// In cron's mail, where another report says what needs a person; a dry run was asked for.
    private var isQuiet: Bool { world.command.flag(.quiet) && !world.command.flag(.dryRun) }

    private static func roles(_ count: Int64) -> String { count == 1 ? "role" : "roles" }

    private func line(_ directory: DirectoryReport) -> String {
        if directory.isCutShort, directory.read == 0 {
            return "\(directory.name): stopped by a signal before anything was read"
        }
        if directory.error != nil, !directory.isStopped, directory.read == 0 {
            return "\(directory.name): not read"
        }
        let counts: [(String, Int)] = [
            ("created", directory.created), ("updated", directory.updated),
            ("renamed", directory.renamed), ("missing", directory.missing),
            ("disabled", directory.disabled), ("enabled again", directory.reenabled),
            ("locked", directory.locked), ("deactivated", directory.deactivated),
            ("reactivated", directory.reactivated), ("drifted", directory.drift),
            ("rejected", directory.rejected.count),
            (Self.roles(directory.roles.granted) + " granted", Int(directory.roles.granted)),
            (Self.roles(directory.roles.withdrawn) + " withdrawn", Int(directory.roles.withdrawn)),
        ]
        let changes = counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
        let what = changes.isEmpty ? "nothing changed" : changes.joined(separator: ", ")
        let strategy = directory.strategy.rawValue
        let how =
            if directory.isCutShort {
                "\(strategy), stopped by a signal"
            } else if directory.isStopped {
                "\(strategy), stopped"
            } else if directory.error != nil {
                "\(strategy), unfinished"
            } else if directory.full, directory.strategy != .full {
                "\(strategy), everything"
            } else {
                strategy
            }
        return "\(directory.name): \(directory.read) read (\(how)): \(what)"
    }
}

extension DirectoryCounts {
    /// Whether somebody's state changed, or an entry was found missing.
    fileprivate var changedStates: Bool {
        missing + locked + deactivated + reactivated + drift > 0
    }
}
