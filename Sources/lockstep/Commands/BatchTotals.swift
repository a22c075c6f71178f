internal import Identity

/// What became of a list of people: `12 locked, 3 already locked, 2 refused (lines 4, 9)`.
struct BatchTotals {
    private let useCase: UseCase
    private var counts: [Outcome: Int] = [:]
    private var refused: [Int] = []
    /// Of the partial ones: those of which nothing is left in the directory.
    private var untold = 0

    init(of useCase: UseCase) {
        self.useCase = useCase
    }

    mutating func add(_ result: ProcessDialogue.Result, line: Int) {
        counts[result.outcome, default: 0] += 1
        if result.outcome == .refused, refused.last != line { refused.append(line) }
        if result.outcome == .partial, result.open?.process.isUnfinishedInDirectory == false {
            untold += 1
        }
    }

    /// Always with the refused ones, so that nobody has to look for them.
    var sentence: String {
        let done = useCase.participle.lowercased()
        let (completed, partial) = (self[.completed], self[.partial])
        var parts = ["\(completed + partial) \(done)"]
        let open = [
            partial > untold ? "\(partial - untold) not done in the directory yet" : nil,
            untold > 0 ? "\(untold) not told everywhere yet" : nil,
        ].compactMap(\.self)
        if !open.isEmpty { parts[0] += " (\(open.joined(separator: ", ")))" }
        if self[.planned] > 0 { parts = ["\(self[.planned]) would be \(done)"] }
        let standing = self[.alreadyLocked] + self[.unchanged]
        parts.append("\(standing) already \(useCase.standing)")
        if self[.requested] > 0 { parts.append("\(self[.requested]) waiting for approval") }
        let lines = refused.map(String.init).joined(separator: ", ")
        let place = refused.isEmpty ? "" : " (\(refused.count == 1 ? "line" : "lines") \(lines))"
        parts.append("\(self[.refused]) refused\(place)")
        return parts.joined(separator: ", ")
    }

    private subscript(outcome: Outcome) -> Int { counts[outcome] ?? 0 }
}

extension UseCase {
    /// What somebody is already to whom it changes nothing.
    fileprivate var standing: String {
        switch self {
        case .lock: "locked"
        case .deactivate: "inactive"
        case .reactivate, .unlock: "active"
        case .restoreRoles: "without withdrawn roles"
        }
    }
}
