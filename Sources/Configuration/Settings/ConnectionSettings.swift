package import LDAP

package struct TLSSettings: Sendable {
    /// Absolute path of a PEM file; nil: the system's.
    package var ca: String?
    package var starttls: Bool
    package var minimum: TLSVersion
    package var certificate: String?
    package var key: String?
}

extension TLSSettings {
    init?(_ field: Field) {
        guard let section = Section(field) else { return nil }
        ca = section.field("ca")?.path()
        certificate = section.field("certificate")?.path()
        key = section.field("key")?.path()
        let starttls = section.field("starttls")?.boolean()
        let minimum = section.field("minimum")?.word(TLSVersion.self)
        if section.has("certificate") != section.has("key") {
            let there = section.has("certificate") ? "certificate" : "key"
            let missing = section.has("certificate") ? "key" : "certificate"
            section.field(there)?.reject(
                "stands here without \(missing); write both, or none of them")
        }
        guard let starttls, let minimum else { return nil }
        self.starttls = starttls
        self.minimum = minimum
    }
}

/// Seconds.
package struct TimeoutSettings: Sendable {
    package var connect: Int64
    package var operation: Int64
}

extension TimeoutSettings {
    init?(_ field: Field) {
        guard let section = Section(field) else { return nil }
        let connect = section.field("connect")?.duration()
        let operation = section.field("operation")?.duration()
        guard let connect, let operation else { return nil }
        self.init(connect: connect, operation: operation)
    }
}
