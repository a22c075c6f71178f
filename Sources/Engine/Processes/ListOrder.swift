internal import Configuration
internal import Identity
package import Store

/// The order in which many people's processes come about: those of a list, and of all that is one person's.
///
/// Each has a process of their own, journalled before anything of it is sent. Nobody has two, by whatever
/// names: one and the same person is one.
package struct ListOrder {
    /// Whom a line names; or how it is over where that can't be told.
    package enum Named<Begun> {
        case user(User)
        case nobody(Begun)
    }

    private let order: Order
    /// The accounts of the same person in other directories, too.
    private let isEverywhere: Bool
    /// While the directory answers for one, the next one's plan is made; a signal ends it between two.
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
        var underWay: (begun: Begun, line: Line)?
        var goesOn = true
        func settle() throws {
            guard let last = underWay else { return }
            underWay = nil
            goesOn = try end(last.begun, last.line)
        }
        // What was under way before is settled now that the next one's steps are sent.
        func take(_ begun: Begun, _ line: Line) throws {
            try settle()
            underWay = (begun, line)
            if !isLong { try settle() }
        }
        func start(_ user: User, isOther: Bool, _ line: Line) throws {
            if let first = named[user.id] { return again(user, isOther, line, first) }
            named[user.id] = line
            try take(try begin(user, isOther, line), line)
        }
        var done = 0
        do {
            for line in lines {
                if isLong && order.context.isInterrupted() || !goesOn { break }
                switch try find(line) {
                case .nobody(let begun): try take(begun, line)
                case .user(let user):
                    try start(user, isOther: false, line)
                    guard isEverywhere, goesOn else { break }
                    for other in try others(of: user) { try start(other, isOther: true, line) }
                }
                done += 1
                progress(done)
            }
        } catch {
            // The first error counts; what is sent is written down all the same.
            try? settle()
            throw error
        }
        try settle()
        return done
    }

    private func others(of user: User) throws -> [User] {
        try order.context.store.samePerson(as: user, by: order.context.settings.samePerson)
    }
}
