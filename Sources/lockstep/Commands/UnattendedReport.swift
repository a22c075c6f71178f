internal import Engine
internal import Ground
internal import Identity
internal import Store

/// What a `sync --quiet` says of what needs a person: news alone, because cron sends it as a mail.
struct UnattendedReport {
    /// More than these are for `status`.
    private static let most = 20
    /// So many people are named.
    private static let mostPeople = 50

    let world: World
    let store: Store

    func write(_ report: SyncReport, _ attention: [Attention]) throws {
        let errors = report.attention
        let read = Set(report.directories.map(\.name.rawValue))
        let all =
            errors
            + attention.filter { item in
                item.kind != .sync && item.kind != .clock
                    && !(item.kind == .directory && read.contains(item.target))
            }
        let news = try ToldTable(store).news(all.map(\.matter), at: world.now())
        let due = all.filter { news.due.contains($0.matter) }
        for item in due.prefix(Self.most) {
            let isError = errors.contains { $0.kind != .note && $0.matter == item.matter }
            say(item, isError ? .error : .warning)
        }
        if due.count > Self.most {
            world.log.warning("and \(due.count - Self.most) more: lockstep status")
        }
        for matter in news.over
        where Attention.Kind(rawValue: matter.kind).map({ !$0.isPassing }) ?? true {
            world.log.tell(.notice, "over: \(matter.message)", ["kind": .string(matter.kind)])
        }
    }

    /// Whether it is news that another run is at work.
    func isNews(busy message: String) throws -> Bool {
        let matter = Attention(kind: .run, target: "", message: message, hint: "").matter
        return try !ToldTable(store)
            .news([matter], kinds: [matter.kind], at: world.now()).due.isEmpty
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
