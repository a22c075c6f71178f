package import Ground
package import Identity
internal import LDAP

/// What became of what one receiver was to hear.
package struct ReceiverFigures: Hashable, Sendable {
    /// Its name in `lockstep.yaml`, where it is still there.
    package let name: String
    /// How many it has not heard, and nobody has refused for good.
    package var waiting: Int64 = 0
    package var failed: Int64 = 0
    package var delivered: Int64 = 0
    /// When the oldest process was begun of which the receiver has not heard; nil: it has heard of all.
    package var oldest: Timestamp?
    /// Of that one, or of the next that has one: what the last attempt came to.
    package var error: StepError?
    /// How often that one was tried.
    package var attempts: Int64 = 0

    package init(name: String) {
        self.name = name
    }
}

extension Store {
    /// Of these and of those that something waits for, in the order of their names.
    package func receiverFigures(
        _ names: [String]
    ) throws(StoreError) -> [ReceiverFigures] {
        let statement = try database.prepare(
            """
            SELECT target, state, count(*) AS steps FROM steps
            WHERE kind = 'notify' AND state != 'superseded' GROUP BY target, state
            """)
        let counts = try statement.all { row throws(StoreError) in
            let name = try row.text("target")
            let state: StepState = try RowReading("a step for \(name)", of: "steps", in: row)
                .word("state", in: row)
            return (name: name, state: state, count: try row.int("steps"))
        }
        let waitedFor = counts.filter { $0.state != .done }.map(\.name)
        var all: [ReceiverFigures] = []
        for name in Set(names + waitedFor).sorted() {
            var figures = ReceiverFigures(name: name)
            for one in counts where one.name == name {
                switch one.state {
                case .done: figures.delivered = one.count
                case .pending: figures.waiting = one.count
                case .failed: figures.failed = one.count
                case .planned, .superseded: break
                }
            }
            if figures.waiting + figures.failed > 0 { try addOldest(to: &figures) }
            all.append(figures)
        }
        return all
    }

    private func addOldest(to figures: inout ReceiverFigures) throws(StoreError) {
        let oldest = try database.prepare(
            """
            SELECT min(p.at) AS at FROM steps s JOIN processes p ON p.id = s.process
            WHERE s.kind = 'notify' AND s.target = ? AND s.state IN ('pending', 'failed')
            """)
        try oldest.bind(figures.name, at: 1)
        figures.oldest = try oldest.first { row throws(StoreError) in try row.optionalTime("at") }
            .flatMap(\.self)
        let error = try database.prepare(
            """
            SELECT error_code, error_message, attempts FROM steps
            WHERE kind = 'notify' AND target = ? AND state IN ('pending', 'failed')
                AND error_message IS NOT NULL
            ORDER BY process LIMIT 1
            """)
        try error.bind(figures.name, at: 1)
        let found = try error.first { row throws(StoreError) in
            try (
                Int32(truncatingIfNeeded: row.int("error_code")), row.text("error_message"),
                row.int("attempts")
            )
        }
        guard let (code, message, attempts) = found else { return }
        figures.error = StepError(code: ResultCode(rawValue: code), message: message)
        figures.attempts = attempts
    }
}
