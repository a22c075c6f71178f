internal import Identity
internal import Store

/// An entry that wants a username which somebody else has; decided when everything is read.
struct ContestedUsername {
    let mapped: MappedUser
    /// nil: nobody whom the store knows.
    let user: User?

    var key: String { mapped.record.usernameKey }

    /// About how much memory it takes.
    var size: Int {
        let kept = mapped.record.attributes.reduce(0) { sum, attribute in
            attribute.values.reduce(sum) { $0 + $1.utf8.count }
        }
        return mapped.certificates.reduce(2048 + 2 * kept) { $0 + 1024 + $1.der.count }
    }
}
