package import Identity

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
