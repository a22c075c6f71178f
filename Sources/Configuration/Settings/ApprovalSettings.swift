internal import Ground
package import Identity

package struct ApprovalSettings: Sendable {
    package var useCases: Set<UseCase>
    /// Seconds.
    package var expires: Int64
    /// Login names; empty: everyone with the right `approve`.
    package var approvers: [String]
}

extension ApprovalSettings {
    /// `operators`: the known logins, nil where none are configured.
    init?(_ field: Field, operators: [String]?) {
        guard let section = Section(field) else { return nil }
        useCases = Set(
            UseCase.configured.filter { section.field($0.word)?.boolean() ?? false })
        let expires = section.field("expires")?.duration()
        let fields = section.field("approvers")?.items() ?? []
        for field in fields {
            guard let operators, let login = field.text(), !operators.contains(login) else {
                continue
            }
            field.reject(
                "\(field.shown(login)) is not among the operators; name one of them, or add it there",
                suggestion: Spelling.nearest(to: login, in: operators))
        }
        guard let expires, let approvers = fields.readAll({ $0.text() }) else { return nil }
        self.expires = expires
        self.approvers = approvers
    }
}

package struct OperatorSettings: Sendable {
    package var may: Set<Right>
    /// The username of the user that this person is.
    package var user: String?
}

extension OperatorSettings {
    init?(_ field: Field) {
        guard let section = Section(field) else { return nil }
        user = section.field("is")?.text()
        guard let may = section.field("may")?.items()?.readAll({ $0.word(Right.self) }) else {
            return nil
        }
        self.may = Set(may)
    }
}
