package import LDAP

/// An entry of the reason catalogue.
package struct Reason: Hashable, Sendable {
    /// What an attribute is to become; values are templates until a lock fills them in.
    package enum Write: Hashable, Sendable {
        case replace([Template])
        case delete
    }

    package let code: String
    package let text: String
    package let useCases: [UseCase]
    /// Present for, and only for, a reason that serves `lock`.
    package let revocation: RevocationReason?
    /// In the order of the configuration.
    package let write: [Written]
    /// All must match; empty recognises nothing.
    package let recognise: [Recognised]
    package let enabled: Bool

    package struct Written: Hashable, Sendable {
        package let attribute: AttributeName
        package let write: Write
        /// An object class: entries without it are left alone; nil: it is for all.
        package let ifClass: String?

        package init(attribute: AttributeName, write: Write, ifClass: String? = nil) {
            self.attribute = attribute
            self.write = write
            self.ifClass = ifClass
        }
    }

    package struct Recognised: Hashable, Sendable {
        package let attribute: AttributeName
        package let values: [String]

        package init(attribute: AttributeName, values: [String]) {
            self.attribute = attribute
            self.values = values
        }
    }

    package init(
        code: String, text: String, useCases: [UseCase], revocation: RevocationReason?,
        write: [Written], recognise: [Recognised], enabled: Bool
    ) {
        self.code = code
        self.text = text
        self.useCases = useCases
        self.revocation = revocation
        self.write = write
        self.recognise = recognise
        self.enabled = enabled
    }
}
