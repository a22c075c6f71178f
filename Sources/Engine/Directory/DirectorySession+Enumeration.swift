internal import Configuration
internal import LDAP
internal import LDAPClient

extension DirectorySession {
    /// What of the configuration an enumeration is for; its name in sentences.
    enum Stream: String, CaseIterable {
        case users
        case roles
    }

    /// Gives `body` every page of a base, and returns when the server has said that this was all.
    ///
    /// Throws a `DirectoryFailure` where the server gave less than there is, and what `body` throws.
    func enumerate(
        _ stream: Stream, base: DN, scope: SearchScope, filter: Filter,
        attributes: [AttributeName], pageSize: Int,
        _ body: ([Entry], [UnreadableEntry]) throws -> Void
    ) throws {
        var entries = 0
        do {
            var search = try connection.pages(
                base: base, scope: scope, filter: filter, attributes: attributes,
                pageSize: pageSize, readsAhead: stream == .users)
            var reported = 0
            while let page = try search.next() {
                entries += page.count
                try body(page, Array(search.unreadable.dropFirst(reported)))
                reported = search.unreadable.count
            }
            if search.unreadable.count > reported {
                try body([], Array(search.unreadable.dropFirst(reported)))
            }
        } catch let failure as DirectoryFailure where failure.kind == .request {
            throw explain(failure, stream, base, entries)
        }
    }

    /// What was met of objects that refer to other servers; nil where there was none.
    var referralObjects: String? {
        let count = connection.referralObjectCount
        guard count > 0 else { return nil }
        let names = connection.referralObjects.prefix(3).map(\.text).joined(separator: "; ")
        let others = count > 3 ? " and \(count - 3) more" : ""
        return count == 1
            ? "\(names) refers to another server: it is no user, and what is there is not read"
            : "\(count) entries refer to other servers (\(names)\(others)): they are no users, and "
                + "what is there is not read"
    }

    private func explain(
        _ failure: DirectoryFailure, _ stream: Stream, _ base: DN, _ entries: Int
    ) -> DirectoryFailure {
        if failure.code == .noSuchObject { return missingBase(failure, stream, base) }
        let remedy =
            switch failure.code {
            case .timeLimitExceeded, .sizeLimitExceeded, .adminLimitExceeded:
                " The server's limit for the bind DN is too low: raise it"
                    + (dialect.limitSettings.map { " (\($0))." } ?? ".")
            case .referral:
                " Set a base that this server holds whole: "
                    + failure.referrals.prefix(3).joined(separator: ", ")
            case .insufficientAccessRights: " Let the bind DN read \(base)."
            default: ""
            }
        return DirectoryFailure(
            settings.name, .incomplete, failure.code,
            "reading \(stream.rawValue) below \(base) at \(url) ended after "
                + "\(entries) \(entries == 1 ? "entry" : "entries"): "
                + "\(failure.answer).\(remedy)")
    }

    private func missingBase(
        _ failure: DirectoryFailure, _ stream: Stream, _ base: DN
    ) -> DirectoryFailure {
        var words =
            "\(stream.rawValue).base \(base) does not exist at \(url), "
            + "or the bind DN may not see it"
        if let nearest = failure.matchedDN {
            words += "; the nearest that exists is \(nearest)"
        }
        return DirectoryFailure(settings.name, .base, failure.code, words + ".")
    }
}
