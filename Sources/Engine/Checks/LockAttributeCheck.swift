internal import Configuration
internal import LDAP

/// Whether the bind DN can read back what a lock writes.
enum LockAttributeCheck {
    /// `canary`: what came of locking the canary, whose lock is read back.
    static func verdict(
        _ session: borrowing DirectorySession, _ users: UsersSurvey, canary: CheckVerdict
    ) throws -> CheckVerdict {
        let names = session.accountAttributes
        guard let name = names.first else {
            return .notProven("this dialect has no attribute that shows a lock")
        }
        guard let example = users.examples.values.min(by: { $0.normalized < $1.normalized })
        else { return .notProven("nobody is there to read \(name) of") }
        do throws(DirectoryFailure) {
            let isShown = try isShown(name, session)
            // Where it may not even be searched, the filter is undefined and finds nothing.
            let isAbsent = try session.entry(
                at: example, matching: .not(.present(name)), attributes: [])
            guard isShown || isAbsent != nil else {
                return .failed(
                    "the bind DN may not read \(name): a lock could not be seen, and nobody would be "
                        + "called disabled. Let it read \(name).")
            }
            if let other = try hidden(among: names, example, session) {
                return .warning(
                    "the bind DN may not read \(other): whether it closes an account can't be seen, nor "
                        + "given back what a lock replaces. Let it read \(other).")
            }
            if isShown { return .ok("\(name) is read where an entry has it") }
            if canary.state == .ok {
                return .ok("\(name) was read of the canary while it was locked")
            }
            return .notProven(
                "nobody has \(name) now; it can be searched, and whether it can be read shows with "
                    + "the first lock, or with a canary")
        } catch {
            return .notProven("whether \(name) can be read is not known: \(error.answer)")
        }
    }

    /// One of the other attributes that a lock writes, which may be in an entry and can't be seen there.
    private static func hidden(
        among names: [AttributeName], _ example: DN, _ session: borrowing DirectorySession
    ) throws(DirectoryFailure) -> AttributeName? {
        for name in names.dropFirst() where !session.dialect.roleAttributes.contains(name) {
            if try !session.lacks([name], example), try !isShown(name, session) { return name }
        }
        return nil
    }

    private static func isShown(
        _ name: AttributeName, _ session: borrowing DirectorySession
    ) throws(DirectoryFailure) -> Bool {
        let users = session.settings.users
        for base in users.bases {
            do throws(DirectoryFailure) {
                let entries = try session.connection.search(
                    base: base, scope: users.scope, filter: .present(name), attributes: [name],
                    sizeLimit: 1)
                if entries.contains(where: { !$0[name].isEmpty }) { return true }
            } catch  where error.code == .noSuchObject {
                continue
            }
        }
        return false
    }
}
