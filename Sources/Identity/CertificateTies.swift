/// What ties a user's certificate to other people.
package struct CertificateTies: Hashable, Sendable {
    /// Somebody else who has the very same certificate.
    package struct Holder: Hashable, Sendable {
        package let username: String
        package let state: UserState

        package init(username: String, state: UserState) {
            self.username = username
            self.state = state
        }
    }

    package let others: [Holder]
    /// Whether a different certificate of somebody else claims its issuer and serial.
    package let isDisputed: Bool

    package init(others: [Holder], isDisputed: Bool) {
        self.others = others
        self.isDisputed = isDisputed
    }

    /// Who keeps it on hold when the user comes back.
    var keeper: String? { others.first { $0.state != .active }?.username }

    /// `ben has it too, `; empty where nobody has.
    ///
    /// An arrow stands between the states before and after, and must not come from a name.
    var remark: String {
        guard !others.isEmpty else { return "" }
        let names = others.prefix(3).map { $0.username.filter { $0 != "→" } }
        let more = others.count > 3 ? " and \(others.count - 3) more" : ""
        return names.joined(separator: " and ") + more + (others.count == 1 ? " has" : " have")
            + " it too, "
    }
}
