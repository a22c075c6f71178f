internal import Configuration
internal import LDAP
internal import LDAPClient

/// Which kind of server this is, by its root DSE and schema or by hand, and what it offers.
enum DialectCheck {
    static func verdict(_ session: borrowing DirectorySession) -> CheckVerdict {
        let found = Dialect.of(rootDSE: session.rootDSE.entry)
        let facts = facts(session)
        guard let configured = session.settings.dialect else {
            let how = found == nil ? "its schema; the server says" : "what the server says"
            return .ok("\(session.dialect), found by \(how): \(facts)")
        }
        guard let found, found.name != configured.name, !configured.isDisabledByReasons else {
            return .ok("\(configured), set by hand; the server says: \(facts)")
        }
        return .warning(
            "dialect is \(configured), set by hand, and the server looks like "
                + "\(found): \(facts). Write dialect: auto unless it is known better.")
    }

    private static func facts(_ session: borrowing DirectorySession) -> String {
        let server = session.rootDSE
        let product = [server.vendorName, server.vendorVersion].compactMap(\.self)
            .joined(separator: " ")
        let offered = capabilities.filter { capability in
            switch capability.kind {
            case .control: server.supports(control: capability.oid)
            case .operation: server.supports(extension: capability.oid)
            case .feature: server.supports(capability: capability.oid)
            }
        }.map(\.name)
        return [
            product.isEmpty ? "no vendor is named" : product,
            offered.isEmpty
                ? "none of the controls that Lockstep knows" : offered.joined(separator: ", "),
        ].joined(separator: "; ")
    }

    private enum Kind {
        case control
        case operation
        case feature
    }

    /// RFC 2696, 4533, 4528, 4527, 8509 and 4511; [MS-ADTS] 3.1.1.3.4.1; the password policy draft.
    private static let capabilities: [(oid: String, kind: Kind, name: String)] = [
        ("1.2.840.113556.1.4.319", .control, "paged results"),
        ("1.3.6.1.4.1.4203.1.9.1.1", .control, "content sync"),
        ("1.2.840.113556.1.4.841", .control, "DirSync"),
        ("1.2.840.113556.1.4.417", .control, "deleted objects"),
        ("1.3.6.1.1.12", .control, "assertions"),
        ("1.3.6.1.1.13.2", .control, "post-read"),
        ("1.3.6.1.4.1.42.2.27.9.5.2", .control, "effective rights"),
        ("1.3.6.1.4.1.42.2.27.8.5.1", .control, "password policy"),
        ("1.3.6.1.4.1.1466.20037", .operation, "StartTLS"),
        ("1.2.840.113556.1.4.800", .feature, "Active Directory"),
    ]
}
