internal import Ground
import Identity

/// What a process found and was asked for: the column `findings`.
struct KeptFindings {
    let unchanged: [Finding]
    let remaining: [Finding]
    let restoresRoles: Bool
    let rolesOf: ProcessID?

    /// A key that is not there says nothing: it is so until something is found.
    init(json: JSONValue) throws(Unreadable) {
        guard let members = json.object else { throw Unreadable("is no object") }
        unchanged =
            members["unchanged"] == nil ? [] : try json.elements("unchanged", Finding.init(json:))
        remaining =
            members["remaining"] == nil ? [] : try json.elements("remaining", Finding.init(json:))
        switch members["restoresRoles"] {
        case nil: restoresRoles = false
        case .bool(let isAsked): restoresRoles = isAsked
        default: throw Unreadable("says something else than yes or no of “restoresRoles”")
        }
        switch members["rolesOf"] {
        case nil, .null: rolesOf = nil
        case .int(let process): rolesOf = ProcessID(rawValue: process)
        default: throw Unreadable("names no process in “rolesOf”")
        }
    }
}
