internal import Engine
internal import Ground
internal import Identity
internal import Store

/// Says in the log what needs a person, where nobody is there to look: as a line and what goes with it.
struct AttentionTelling {
    /// More than these are for `status`.
    private static let most = 20
    /// So many people are named.
    private static let mostPeople = 50

    let world: World

    /// What the run found and what stands besides: what it says of its own directories goes before.
    static func items(of report: SyncReport, _ attention: [Attention]) -> [Attention] {
        let read = Set(report.directories.map(\.name.rawValue))
        return report.attention
            + attention.filter { item in
                item.kind != .sync && item.kind != .clock
                    && !(item.kind == .directory && read.contains(item.target))
            }
    }

    /// `errors`: which of them the run found.
    func say(_ due: [Attention], of report: SyncReport) {
        let errors = Set(report.attention.filter { $0.kind != .note }.map(\.matter))
        for item in due.prefix(Self.most) {
            say(item, errors.contains(item.matter) ? .error : .warning)
        }
        if due.count > Self.most {
            world.log.warning("and \(due.count - Self.most) more: lockstep status")
        }
    }

    /// What was told before and is so no more, where anybody waits to hear that.
    func sayOver(_ matters: [Matter]) {
        for matter in matters
        where Attention.Kind(rawValue: matter.kind).map({ !$0.isPassing }) ?? true {
            world.log.tell(.notice, "over: \(matter.message)", ["kind": .string(matter.kind)])
        }
    }

    private func say(_ item: Attention, _ level: LogLevel) {
        world.log(
            level, Sanitized(item.message),
            [
                "kind": .string(item.kind.rawValue), "target": .string(item.target),
                "hint": .string(item.hint),
                "people": .array(item.people.map { .string($0) }),
            ])
        for line in item.people.prefix(Self.mostPeople) {
            world.log.hint(level, Sanitized(line), margin: "  ")
        }
        if item.people.count > Self.mostPeople {
            world.log.hint(
                level, "and \(item.people.count - Self.mostPeople) more", margin: "  ")
        }
        if !item.hint.isEmpty {
            world.log.hint(level, Sanitized(item.hint), margin: "  ")
        }
    }
}

extension SyncReport {
    /// What this very run found, which `status` may say in other words.
    fileprivate var attention: [Attention] {
        var found: [Attention] = []
        if isClockEarly {
            found.append(
                Attention(
                    kind: .clock, target: "", message: Self.clockIsEarly, hint: Store.clockRemedy))
        }
        for directory in directories {
            if let error = directory.error {
                found.append(
                    Attention(
                        kind: .directory, target: directory.name.rawValue, message: error.message,
                        hint: "", identity: error.isLimit ? Attention.limit(plan) : error.message))
            }
            found += directory.notes.map { note in
                Attention(
                    kind: .note, target: directory.name.rawValue,
                    message: "\(directory.name): \(note)",
                    hint: "")
            }
        }
        return found
    }

    static let clockIsEarly =
        "the clock is earlier than the newest audit event: no state was changed."
}
