/// Everything, one row in memory at a time, for `store export`.
extension Store {
    package func readUsers(_ body: (User) throws -> Void) throws {
        let statement = try database.prepare("SELECT id FROM users ORDER BY id")
        let reader = try UserReader(self)
        while try statement.step() {
            if let user = try reader.user(statement.int(0)) { try body(user) }
        }
    }

    package func readProcesses(_ body: (ProcessEvidence) throws -> Void) throws {
        let statement = try database.prepare("SELECT id FROM processes ORDER BY id")
        while try statement.step() {
            if let evidence = try evidence(of: statement.int(0)) { try body(evidence) }
        }
    }

    /// The latest first.
    package func readRuns(_ body: (RunTable.Run) throws -> Void) throws {
        for run in try RunTable.last(Int64.max, in: self) { try body(run) }
    }
}
