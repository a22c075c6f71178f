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
