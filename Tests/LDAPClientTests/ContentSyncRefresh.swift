import Fixtures
import LDAP
import LDAPClient
import Testing

/// What one refresh told, as tests want to compare it.
struct ContentSyncRefresh {
    /// The first RDN's value and the state of each entry, in the server's order.
    var entries: [String] = []
    var uuids: [String: [UInt8]] = [:]
    var present: [[UInt8]] = []
    var deleted: [[UInt8]] = []
    /// `present`, `delete` or `cookie`, in the server's order; `?` where another will come.
    var phases: [String] = []
    var idSets: [Int] = []
    var unreadable = 0
    /// nil when the refresh had no end.
    var done: (refreshDeletes: Bool, cookie: [UInt8]?)?
    var failure: LDAPFailure?

    var added: Set<String> { Set(entries) }
    var cookie: String? { done?.cookie.map { String(decoding: $0, as: UTF8.self) } }

    init(_ sync: consuming ContentSync) {
        do throws(LDAPFailure) {
            while let event = try sync.next() { take(event) }
        } catch {
            failure = error
        }
    }

    private mutating func take(_ event: ContentSync.Event) {
        switch event {
        case .entry(let entry, let state, let uuid, _):
            let name = entry.dn.text.split(separator: ",")[0].split(separator: "=")[1]
            entries.append("\(name) \(state)")
            uuids[String(name)] = uuid
        case .unreadable: unreadable += 1
        case .idSet(let ids, let refreshDeletes, _):
            idSets.append(ids.count)
            if refreshDeletes { deleted += ids } else { present += ids }
        case .newCookie: phases.append("cookie")
        case .refreshDelete(_, let done): phases.append(done ? "delete" : "delete?")
        case .refreshPresent(_, let done): phases.append(done ? "present" : "present?")
        case .done(let refreshDeletes, let cookie): done = (refreshDeletes, cookie)
        }
    }
}
