internal import Configuration
internal import Identity
package import Store

/// The order in which many people's processes come about: those of a list, and of all accounts of one
/// person.
///
/// Each has a process of their own, which is journalled before anything of it is sent. Whoever is named
/// twice, under whatever names, gets one process.
package struct ListOrder {
    /// The user that a line names; or how it ends for that line, where nobody can be told.
    package enum Named<Begun> {
        case user(User)
        case nobody(Begun)
    }

    private let order: Order
    /// Whether the same person's accounts in other directories are taken, too.
    private let isEverywhere: Bool
    /// The next user's plan is made while the directory still answers for the one before; a signal ends
    /// the list between two users.
    private let isLong: Bool

    /// Of a list of people.
    package static func list(_ order: Order, everywhere: Bool) -> ListOrder {
        ListOrder(order: order, isEverywhere: everywhere, isLong: true)
    }

    /// Of one person's accounts, one after the other: somebody may be asked about each.
    package static func accounts(_ order: Order) -> ListOrder {
        ListOrder(order: order, isEverywhere: true, isLong: false)
    }

    /// How many lines it came to before somebody asked to stop.
    ///
    /// `begin` begins one user's process, `isOther` where a line names them by another account alone; `end`
    /// waits for its answers and tells how it ended, false: nobody further is begun. `again`: who was
    /// named by a line before.
    package func carryOut<Line, Begun>(
        _ lines: [Line], find: (Line) throws -> Named<Begun>,
        again: (User, _ isOther: Bool, Line, _ first: Line) -> Void,
        begin: (User, _ isOther: Bool, Line) throws -> Begun,
        end: (Begun, Line) throws -> Bool, progress: (Int) -> Void
    ) throws -> Int {
        var named: [UserID: Line] = [:]
        var underWay = UnderWay<Line, Begun>(isAlone: !isLong)
        func start(_ user: User, isOther: Bool, _ line: Line) throws {
            if let first = named[user.id] { return again(user, isOther, line, first) }
            named[user.id] = line
            try underWay.take(try begin(user, isOther, line), line, end)
        }
        var done = 0
        do {
            for line in lines {
                if isLong && order.context.isInterrupted() || !underWay.goesOn { break }
                switch try find(line) {
                case .nobody(let begun): try underWay.take(begun, line, end)
                case .user(let user):
                    try start(user, isOther: false, line)
                    guard isEverywhere, underWay.goesOn else { break }
                    for other in try others(of: user) { try start(other, isOther: true, line) }
                }
                done += 1
                progress(done)
            }
        } catch {
            // The first error counts; what is sent is written down all the same.
            try? underWay.settle(end)
            throw error
        }
        try underWay.settle(end)
        return done
    }

    private func others(of user: User) throws -> [User] {
        try order.context.store.samePerson(as: user, by: order.context.settings.samePerson)
    }
}

/// The user whose process was begun last, while the directory's answers may still be on their way.
private struct UnderWay<Line, Begun> {
    /// Each is settled before the next one is begun.
    private let isAlone: Bool
    private var last: (begun: Begun, line: Line)?
    /// False: nobody further is to be begun.
    private(set) var goesOn = true

    init(isAlone: Bool) { self.isAlone = isAlone }

    /// Settles the user before, now that the next one's steps are sent.
    mutating func take(
        _ begun: Begun, _ line: Line, _ end: (Begun, Line) throws -> Bool
    ) throws {
        try settle(end)
        last = (begun, line)
        if isAlone { try settle(end) }
    }

    /// Waits for the answers that are still on their way.
    mutating func settle(_ end: (Begun, Line) throws -> Bool) throws {
        guard let (begun, line) = last else { return }
        last = nil
        goesOn = try end(begun, line)
    }
}
