internal import Configuration
internal import Glibc
package import Ground
package import Store

/// What a look at the whole store shows, its files and its disk.
package enum StoreInspection {
    /// Reads all of it, and the whole audit chain.
    package static func lines(_ store: Store, now: Timestamp) -> [CheckLine] {
        (tables(store) + [(.audit, chain(store))] + clock(store, now)
            + [(.head, head(store)), (.modes, modes(store))])
            .map { CheckLine($0, $1) }
    }

    private static func tables(_ store: Store) -> [(CheckLine.Subject, CheckVerdict)] {
        do throws(StoreError) {
            let problems =
                try store.problems() + store.unreadableRows().map(\.message)
                + unknownStrategies(store)
            guard problems.isEmpty else { return problems.map { (.tables, .failed($0)) } }
            return [(.tables, .ok("every table and index is whole"))]
        } catch {
            return [(.tables, .failed(error.description))]
        }
    }

    private static func unknownStrategies(_ store: Store) throws(StoreError) -> [String] {
        try StreamTable(store).overview().compactMap { stream in
            SyncStrategy(rawValue: stream.strategy) == nil
                ? StreamTable(store).unknownStrategy(
                    stream.stream, directory: stream.directory, server: stream.server
                ).message : nil
        }
    }

    private static func chain(_ store: Store) -> CheckVerdict {
        do throws(StoreError) {
            let verdict = try store.audit.verify()
            guard let broken = verdict.firstBroken else {
                return .ok(
                    verdict.events == 1
                        ? "1 event"
                        : "\(verdict.events) events, each with the hash of the one before")
            }
            return .failed("event \(broken), or what stood before it, was changed")
        } catch {
            return .failed(error.description)
        }
    }

    private static func head(_ store: Store) -> CheckVerdict {
        guard let rollback = store.rollback else {
            return .ok("the store holds all that \(store.path).head saw")
        }
        return .failed(rollback.message + (rollback.hint.map { ". \($0)" } ?? ""))
    }

    /// No line where the clock is not earlier than what has happened.
    private static func clock(
        _ store: Store, _ now: Timestamp
    ) -> [(CheckLine.Subject, CheckVerdict)] {
        do throws(StoreError) {
            guard let early = try store.clockFinding(at: now) else { return [] }
            return [(.audit, .failed("\(early). \(Store.clockRemedy)"))]
        } catch {
            return [(.audit, .failed(error.description))]
        }
    }

    private static func modes(_ store: Store) -> CheckVerdict {
        store.isWritableByOthers
            ? .warning("\(store.path) can be written by others: chmod 600 \(store.path)")
            : .ok("\(store.path) is written by its owner alone")
    }
}
