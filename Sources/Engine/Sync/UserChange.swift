/// What a run changes of one user, or would: old → new.
package struct UserChange: Equatable, Sendable {
    package enum Kind: String, Sendable {
        case created
        case updated
        case renamed
        case missing
        case returned
        case rejected
    }

    /// A property by its key in `show --json`, or a kept attribute by its name.
    package struct Property: Equatable, Sendable {
        package let name: String
        /// nil: none.
        package let old: String?
        package let new: String?

        package init(_ name: String, _ old: String?, _ new: String?) {
            self.name = name
            self.old = old
            self.new = new
        }
    }

    package let directory: String
    package let kind: Kind
    package let username: String
    package let dn: String
    package let properties: [Property]
    /// Why a rejected entry was rejected, or where a missing one is.
    package let why: String?

    init(
        directory: String, kind: Kind, username: String, dn: String, properties: [Property] = [],
        why: String? = nil
    ) {
        self.directory = directory
        self.kind = kind
        self.username = username
        self.dn = dn
        self.properties = properties
        self.why = why
    }
}
