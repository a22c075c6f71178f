internal import Configuration
internal import Engine
internal import Store

/// One line a directory: what a sync did.
struct SyncSummary {
    let world: World

    func write(_ report: SyncReport) {
        let isQuiet = world.command.flag(.quiet)
        for directory in report.directories {
            if isQuiet, !directory.changedAnything, directory.error == nil { continue }
            world.output.line("\(line(directory))")
            for rejection in directory.rejected.prefix(20) {
                world.output.line("  rejected \(rejection.dn): \(rejection.why)")
            }
            if directory.rejected.count > 20 {
                world.output.line("  and \(directory.rejected.count - 20) more rejected entries")
            }
        }
        let queue = report.queue
        if queue.pending + queue.failed > 0 {
            world.output.line(
                "queue: \(queue.done) done, \(queue.pending) pending, \(queue.failed) failed")
        }
    }

    private func line(_ directory: DirectoryReport) -> String {
        if directory.error != nil, directory.read == 0 { return "\(directory.name): not read" }
        let counts: [(String, Int)] = [
            ("created", directory.created), ("updated", directory.updated),
            ("renamed", directory.renamed), ("missing", directory.missing),
            ("disabled", directory.disabled), ("enabled again", directory.reenabled),
            ("locked", directory.locked), ("deactivated", directory.deactivated),
            ("reactivated", directory.reactivated), ("drifted", directory.drift),
            ("rejected", directory.rejected.count),
            ("roles granted", Int(directory.roles.granted)),
            ("roles withdrawn", Int(directory.roles.withdrawn)),
        ]
        let changes = counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
        let what = changes.isEmpty ? "nothing changed" : changes.joined(separator: ", ")
        let strategy = directory.strategy.rawValue
        let how =
            if directory.error != nil {
                "\(strategy), unfinished"
            } else if directory.full, directory.strategy != .full {
                "\(strategy), everything"
            } else {
                strategy
            }
        return "\(directory.name): \(directory.read) read (\(how)): \(what)"
    }
}
